package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.generated.GlobalStreamId;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.TupleImpl;
import clojure.lang.Keyword;
import clojure.lang.PersistentVector;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import gearstorm.host.spi.TopologyBridge;
import gearstorm.host.spi.TupleFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeanTupleTest {
  @TempDir Path directory;
  private TopologyBridge topology;
  private TupleFactory factory;

  @BeforeEach
  void open() throws Exception {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new UserCode.Words(), 1);
    builder.setBolt("lengths", new UserCode.Lengths("hello", 1), 2).shuffleGrouping("words");
    final Path file = Topologies.write(builder.createTopology(), directory);
    topology =
        new Storm0xTopology(
            Topologies.environment(
                file,
                Topologies.config(""),
                Topologies.config("\"topology.tick.tuple.freq.secs\":5")),
            StormTopologies.read(file),
            StormTopologies.read(file),
            null);
    factory = topology.tupleFactory(4, Topologies.WORDS);
  }

  private Tuple tuple(final Object word, final Object count) {
    return (Tuple) factory.newTuple(List.of(word, count), 2, 4, 99L, 1234L);
  }

  @Test
  void valuesAreFoundByPositionAndByField() {
    final Tuple tuple = tuple("storm", 3L);
    assertEquals(2, tuple.size());
    assertEquals("storm", tuple.getString(0));
    assertEquals("storm", tuple.getValueByField("word"));
    assertEquals(3L, tuple.getLongByField("count"));
    assertEquals(1, tuple.fieldIndex("count"));
    assertTrue(tuple.contains("word"));
    assertFalse(tuple.contains("other"));
    assertEquals(List.of(3L, "storm"), tuple.select(new Fields("count", "word")));
    assertThrows(IllegalArgumentException.class, () -> tuple.getValueByField("other"));
  }

  // clause: tuple-source
  @Test
  void theSourceIsKnown() {
    final Tuple tuple = tuple("storm", 3L);
    assertEquals("words", tuple.getSourceComponent());
    assertEquals(4, tuple.getSourceTask());
    assertEquals("default", tuple.getSourceStreamId());
    assertEquals(new GlobalStreamId("words", "default"), tuple.getSourceGlobalStreamid());
    assertEquals(List.of("word", "count"), tuple.getFields().toList());
  }

  @Test
  void clojureCodeSeesAMap() {
    final TupleImpl tuple = (TupleImpl) tuple("storm", 3L);
    assertEquals("storm", tuple.valAt(Keyword.intern("word")));
    assertEquals("storm", tuple.invoke("word"));
    assertEquals(3L, tuple.nth(1));
    assertEquals(2, tuple.count());
    assertEquals("words", tuple.meta().valAt(Keyword.intern("component")));
    assertEquals(Set.of("word", "count"), tuple.keySet());
  }

  @Test
  void aTrackedTupleShowsItsRootAndEdge() {
    assertEquals(List.of(1234L), List.copyOf(anchors(tuple("storm", 1)).values()));
    assertNotEquals(
        anchors(tuple("storm", 1)).keySet(),
        anchors((Tuple) factory.newTuple(List.of("storm", 1), 2, 5, 99L, 1234L)).keySet(),
        "roots of two spout tasks with one number are two roots");
    final Roots two = new Roots(new int[] {4, 5}, new long[] {1, 1}, new long[] {7, 8});
    final Tuple joined = (Tuple) factory.newTuple(List.of("storm", 1), 2, two);
    assertEquals(Set.of(7L, 8L), Set.copyOf(anchors(joined).values()));
    final Tuple untracked = (Tuple) factory.newTuple(List.of("storm", 1), 2, null);
    assertTrue(anchors(untracked).isEmpty());
  }

  private static java.util.Map<Long, Long> anchors(final Tuple tuple) {
    return tuple.getMessageId().getAnchorsToIds();
  }

  // clause: arity
  @Test
  void theWrongNumberOfValuesIsRefused() {
    final IllegalArgumentException error =
        assertThrows(
            IllegalArgumentException.class, () -> factory.newTuple(List.of("only"), 2, null));
    assertTrue(error.getMessage().contains("Expected 2 fields but got 1"), error.getMessage());
  }

  // clause: tuple-identity
  @Test
  void tuplesAreEqualOnlyToThemselves() {
    final Tuple tuple = tuple("storm", 1);
    assertEquals(tuple, tuple);
    assertNotEquals(tuple, tuple("storm", 1));
    assertTrue(tuple.toString().contains("words:4"), tuple.toString());
  }

  @Test
  void childEdgesFold() {
    final HostTuple tuple = factory.newTuple(List.of("storm", 1), 2, 4, 99L, 1234L);
    assertEquals(0, tuple.childEdges());
    tuple.addChildEdge(5);
    tuple.addChildEdge(6);
    assertEquals(5 ^ 6, tuple.childEdges());
    assertNull(tuple.roots());
  }

  // clause: ticks
  @Test
  void aTickComesFromTheSystemWithTheConfiguredNumber() {
    final List<Object> values = topology.tickValues("lengths");
    assertEquals(PersistentVector.create(5L), values, "JSON's integers are Long");
    final Tuple tick = (Tuple) topology.tickFactory().newTuple(values, 2, null);
    assertEquals("__system", tick.getSourceComponent());
    assertEquals("__tick", tick.getSourceStreamId());
    assertEquals(-1, tick.getSourceTask());
    assertEquals(List.of("rate_secs"), tick.getFields().toList());
  }
}
