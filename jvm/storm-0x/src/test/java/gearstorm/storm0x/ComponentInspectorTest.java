package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.generated.StormTopology;
import backtype.storm.topology.TopologyBuilder;
import gearstorm.host.spi.ComponentInspection;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComponentInspectorTest {
  /** A loader as the topology's with one class left out of the jar. */
  private static final class Without extends ClassLoader {
    private final String missing;

    Without(final Class<?> missing) {
      super(ComponentInspectorTest.class.getClassLoader());
      this.missing = missing.getName();
    }

    @Override
    protected Class<?> loadClass(final String name, final boolean resolve)
        throws ClassNotFoundException {
      if (name.equals(missing)) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }
  }

  private static StormTopology topology() {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new UserCode.Words(), 1);
    builder
        .setBolt("lengths", new UserCode.Lengths("hello", 1), 2)
        .customGrouping("words", new UserCode.LastTask());
    return builder.createTopology();
  }

  private static ComponentInspection inspect(final String component, final ClassLoader loader) {
    final List<ComponentInspection> found = new ComponentInspector(topology(), loader).inspect();
    assertEquals(2, found.size());
    return found.stream().filter(each -> each.component().equals(component)).findFirst().get();
  }

  @Test
  void aComponentThatLoadsIsNamedByItsClass() {
    final ComponentInspection words =
        inspect("words", ComponentInspectorTest.class.getClassLoader());
    assertEquals(UserCode.Words.class.getName(), words.className());
    assertNull(words.problem());
  }

  @Test
  void aMissingClassIsNamedWithItsComponent() {
    final ComponentInspection words = inspect("words", new Without(UserCode.Words.class));
    assertNull(words.className());
    assertTrue(
        words
            .problem()
            .startsWith("component words needs the class " + UserCode.Words.class.getName()),
        words.problem());
    assertNull(inspect("lengths", new Without(UserCode.Words.class)).problem());
  }

  @Test
  void aGroupingThatDoesNotLoadIsAProblemOfItsBolt() {
    final ComponentInspection lengths = inspect("lengths", new Without(UserCode.LastTask.class));
    assertTrue(lengths.problem().contains(UserCode.LastTask.class.getName()), lengths.problem());
  }
}
