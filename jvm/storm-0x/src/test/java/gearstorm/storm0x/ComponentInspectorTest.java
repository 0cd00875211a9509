package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.ILocalDRPC;
import backtype.storm.drpc.DRPCSpout;
import backtype.storm.drpc.ReturnResults;
import backtype.storm.generated.DRPCRequest;
import backtype.storm.generated.StormTopology;
import backtype.storm.task.ShellBolt;
import backtype.storm.topology.IRichBolt;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;
import gearstorm.host.spi.ComponentInspection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import storm.trident.TridentTopology;
import storm.trident.operation.builtin.Debug;

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
    final List<ComponentInspection> found =
        new ComponentInspector(topology(), loader, List.of()).inspect();
    assertEquals(2, found.size());
    return find(found, component);
  }

  private static ComponentInspection find(
      final List<ComponentInspection> found, final String component) {
    return found.stream().filter(each -> each.component().equals(component)).findFirst().get();
  }

  private static List<ComponentInspection> inspect(final StormTopology topology) {
    return new ComponentInspector(
            topology, ComponentInspectorTest.class.getClassLoader(), List.of())
        .inspect();
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

  @Test
  void aClassThatOnlySubprocessesNeedIsMissedByThem() {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new UserCode.Words());
    builder.setBolt("split", new Splitter()).shuffleGrouping("words");
    final List<ComponentInspection> found =
        new ComponentInspector(
                builder.createTopology(),
                ComponentInspectorTest.class.getClassLoader(),
                List.of("acme.MySerializer"))
            .inspect();
    final String problem = find(found, "split").problem();
    assertTrue(
        problem.startsWith("component split needs the class acme.MySerializer, which"), problem);
    assertNull(find(found, "words").problem());
  }

  private static final class Splitter extends ShellBolt implements IRichBolt {
    private static final long serialVersionUID = 1L;

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {}

    @Override
    public Map<String, Object> getComponentConfiguration() {
      return Map.of();
    }
  }

  @Test
  void theFunctionOfADrpcSpoutIsFound() {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("requests", new DRPCSpout("exclamation"));
    builder.setSpout("words", new UserCode.Words());
    builder.setBolt("answers", new ReturnResults()).shuffleGrouping("requests");
    final List<ComponentInspection> found = inspect(builder.createTopology());
    assertEquals(List.of("exclamation"), find(found, "requests").drpcFunctions());
    assertEquals(List.of(), find(found, "words").drpcFunctions());
    assertEquals(List.of(), find(found, "answers").drpcFunctions());
  }

  @Test
  void theFunctionOfATridentStreamIsFound() {
    final TridentTopology trident = new TridentTopology();
    trident.newDRPCStream("reach").each(new Fields("args"), new Debug());
    final List<List<String>> functions =
        inspect(trident.build()).stream()
            .map(ComponentInspection::drpcFunctions)
            .filter(each -> !each.isEmpty())
            .toList();
    assertEquals(List.of(List.of("reach")), functions);
  }

  @Test
  void aSpoutThatAsksWithinItsOwnProcessServesNothingHere() {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("requests", new DRPCSpout("exclamation", new NoServer()));
    final List<ComponentInspection> found = inspect(builder.createTopology());
    assertEquals(List.of(), find(found, "requests").drpcFunctions());
  }

  /** A DRPC server within the process, as far as a spout looks at it. */
  private static final class NoServer implements ILocalDRPC {
    @Override
    public String getServiceId() {
      return "local";
    }

    @Override
    public String execute(final String function, final String args) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void result(final String id, final String result) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DRPCRequest fetchRequest(final String function) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void failRequest(final String id) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void shutdown() {}
  }
}
