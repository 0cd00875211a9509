package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.generated.ComponentObject;
import backtype.storm.generated.GlobalStreamId;
import backtype.storm.generated.Grouping;
import backtype.storm.generated.JavaObject;
import backtype.storm.generated.JavaObjectArg;
import backtype.storm.generated.ShellComponent;
import backtype.storm.generated.StormTopology;
import backtype.storm.metric.api.CountMetric;
import backtype.storm.task.ShellBolt;
import backtype.storm.task.TopologyContext;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.TupleImpl;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.TopologyBridge;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Storm0xTopologyTest {
  @TempDir Path directory;
  private StormTopology built;

  @BeforeEach
  void build() {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new UserCode.Words(), 1);
    builder
        .setBolt("lengths", new UserCode.Lengths("hello", 1), 2)
        .customGrouping("words", new UserCode.LastTask());
    built = builder.createTopology();
  }

  private TopologyBridge open() throws Exception {
    final Path file = Topologies.write(built, directory);
    final String config = Topologies.config("\"my.key\":{\"list\":[1,2.5,\"x\",null,true]}");
    return new Storm0xTopology(
        Topologies.environment(file, config, Topologies.config("\"my.own\":7")),
        StormTopologies.read(file),
        StormTopologies.read(file),
        null);
  }

  private static StormBoltTask lengths(
      final TopologyBridge topology, final int task, final ExecutorScope scope) throws Exception {
    return (StormBoltTask) topology.newBolt("lengths", task, scope);
  }

  @Test
  void everyTaskHasItsOwnObject() throws Exception {
    final TopologyBridge topology = open();
    final ExecutorScope scope = new ExecutorScope(2, 3);
    assertNotSame(lengths(topology, 2, scope).bolt(), lengths(topology, 3, scope).bolt());
  }

  // clause: conf-immutable, conf-json
  @Test
  void theConfigurationIsImmutableWithLongsAndDoubles() throws Exception {
    final StormBoltTask task = lengths(open(), 2, new ExecutorScope(2, 3));
    task.prepare(new RecordedEmits());
    final UserCode.Lengths bolt = (UserCode.Lengths) task.bolt();
    assertEquals(7L, bolt.conf.get("my.own"), "the component's own configuration");
    final Map<?, ?> mine = (Map<?, ?>) open(task).get("my.key");
    assertEquals(Arrays.asList(1L, 2.5, "x", null, true), mine.get("list"));
    assertThrows(UnsupportedOperationException.class, () -> put(bolt.conf));
  }

  private static Map<?, ?> open(final StormBoltTask task) throws Exception {
    final var field =
        backtype.storm.task.GeneralTopologyContext.class.getDeclaredField("_stormConf");
    field.setAccessible(true);
    return (Map<?, ?>) field.get(task.task().context());
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static void put(final Map conf) {
    conf.put("a", "b");
  }

  // clause: context-topology, context-places
  @Test
  void theContextAnswersAsStormsDoes() throws Exception {
    final TopologyContext context = lengths(open(), 3, new ExecutorScope(2, 3)).task().context();
    assertEquals("test-1-1400000000", context.getStormId());
    assertEquals(3, context.getThisTaskId());
    assertEquals(1, context.getThisTaskIndex());
    assertEquals("lengths", context.getThisComponentId());
    assertEquals(List.of(2, 3), context.getComponentTasks("lengths"));
    assertEquals(List.of(), context.getComponentTasks("nobody"));
    assertEquals("__acker", context.getComponentId(1));
    assertEquals("__system", context.getComponentId(-1));
    assertFalse(context.getComponentIds().contains("__acker"), "the user's topology");
    assertFalse(context.getTaskToComponent().containsKey(-1));
    assertEquals(List.of("length"), context.getThisOutputFields("default").toList());
    assertEquals(List.of(2, 4), context.getThisWorkerTasks());
    assertEquals(6700, context.getThisWorkerPort());
    assertTrue(context.getCodeDir().endsWith("resources"));
    assertTrue(context.getPIDDir().endsWith("pids"));
    assertEquals(42, context.getSharedExecutor().submit(() -> 42).get());
    assertEquals(30, context.maxTopologyMessageTimeout());
    assertTrue(context.toJSONString().contains("\"taskid\":3"), context.toJSONString());
  }

  // clause: context-data
  @Test
  void tasksOfOneExecutorShareItsDataAndNothingElse() throws Exception {
    final TopologyBridge topology = open();
    final ExecutorScope scope = new ExecutorScope(2, 3);
    final TopologyContext first = lengths(topology, 2, scope).task().context();
    final TopologyContext second = lengths(topology, 3, scope).task().context();
    first.setExecutorData("shared", "yes");
    first.setTaskData("own", "yes");
    assertEquals("yes", second.getExecutorData("shared"));
    assertEquals(null, second.getTaskData("own"));
  }

  // clause: metric-registration
  @Test
  void metricsAreRegisteredWhilePreparingOnly() throws Exception {
    final TopologyBridge topology = open();
    final ExecutorScope scope = new ExecutorScope(2, 3);
    final StormBoltTask first = lengths(topology, 2, scope);
    final StormBoltTask last = lengths(topology, 3, scope);
    first.prepare(new RecordedEmits());
    last.task().context().registerMetric("mine", new CountMetric(), 10);
    assertInstanceOf(CountMetric.class, last.task().context().getRegisteredMetricByName("mine"));
    last.prepare(new RecordedEmits());
    assertThrows(
        RuntimeException.class,
        () -> last.task().context().registerMetric("late", new CountMetric(), 10));
  }

  @Test
  void theSpoutsCollectorEmits() throws Exception {
    final RecordedEmits emits = new RecordedEmits();
    final StormSpoutTask task =
        (StormSpoutTask) open().newSpout("words", 4, new ExecutorScope(4, 4));
    task.open(emits);
    task.nextTuple();
    final UserCode.Words spout = (UserCode.Words) task.spout();
    spout.collector.emitDirect(9, "side", List.of("x"));
    spout.collector.reportError(new IllegalStateException("odd"));
    assertEquals(
        List.of("emit default [word, 1] id id", "direct 9 side [x] id null", "error odd"),
        emits.calls);
  }

  // clause: anchoring
  @Test
  void theBoltsCollectorEmitsAnchoredAndNot() throws Exception {
    final TopologyBridge topology = open();
    final RecordedEmits emits = new RecordedEmits();
    final StormBoltTask task = lengths(topology, 2, new ExecutorScope(2, 2));
    task.prepare(emits);
    final HostTuple input =
        topology.tupleFactory(4, Topologies.WORDS).newTuple(List.of("storm", 1), 2, 4, 99, 5);
    task.execute(input);
    final UserCode.Lengths bolt = (UserCode.Lengths) task.bolt();
    final Tuple tuple = (Tuple) input;
    assertEquals(List.of(7), bolt.collector.emit(List.of(tuple, tuple), List.of(1)));
    bolt.collector.emit("side", List.of(2));
    bolt.collector.emitDirect(9, "side", tuple, List.of(3));
    bolt.collector.fail(tuple);
    assertEquals(
        List.of(
            "emit default one anchor [5]",
            "ack 99",
            "emit default 2 anchors [1]",
            "emit side 0 anchors [2]",
            "direct 9 side 1 anchors [3]",
            "fail 99"),
        emits.calls);
  }

  @Test
  void aTupleOfAnotherMakeAnchorsOnlyWhenItHasNoRoots() throws Exception {
    final RecordedEmits emits = new RecordedEmits();
    final StormBoltTask task = lengths(open(), 2, new ExecutorScope(2, 2));
    task.prepare(emits);
    final UserCode.Lengths bolt = (UserCode.Lengths) task.bolt();
    final TopologyContext context = task.task().context();
    final Tuple loose = new TupleImpl(context, List.of(1), 2, "default");
    bolt.collector.emit(loose, List.of(1));
    bolt.collector.ack(loose);
    assertEquals(List.of("emit default 0 anchors [1]"), emits.calls);
    final Tuple rooted =
        new TupleImpl(
            context, List.of(1), 2, "default", backtype.storm.tuple.MessageId.makeRootId(1, 2));
    assertThrows(IllegalArgumentException.class, () -> bolt.collector.emit(rooted, List.of(1)));
  }

  // clause: java-object
  @Test
  void shellComponentsAreStormsOwn() throws Exception {
    final ComponentObject shell = ComponentObject.shell(new ShellComponent("python", "split.py"));
    built.get_bolts().get("lengths").set_bolt_object(shell);
    assertInstanceOf(ShellBolt.class, lengths(open(), 2, new ExecutorScope(2, 2)).bolt());
  }

  // clause: java-object
  @Test
  void componentsNamedByClassAreConstructed() throws Exception {
    final JavaObject object =
        new JavaObject(
            UserCode.Lengths.class.getName(),
            new ArrayList<>(
                List.of(JavaObjectArg.string_arg("count "), JavaObjectArg.long_arg(3))));
    built.get_bolts().get("lengths").set_bolt_object(ComponentObject.java_object(object));
    final Object bolt = lengths(open(), 2, new ExecutorScope(2, 2)).bolt();
    assertEquals("count 3", ((UserCode.Lengths) bolt).greeting());
    object.add_to_args_list(JavaObjectArg.bool_arg(true));
    assertThrows(NoSuchMethodException.class, () -> lengths(open(), 2, new ExecutorScope(2, 2)));
  }

  @Test
  void aSpoutInABoltsPlaceIsRefused() throws Exception {
    final byte[] spout = Topologies.serialize(new TestWordSpout());
    built.get_bolts().get("lengths").set_bolt_object(ComponentObject.serialized_java(spout));
    final ClassCastException error =
        assertThrows(ClassCastException.class, () -> lengths(open(), 2, new ExecutorScope(2, 2)));
    assertTrue(error.getMessage().contains("TestWordSpout, which is no bolt"), error.getMessage());
  }

  // clause: custom-grouping
  @Test
  void customGroupingsArePreparedSerializedOrNamed() throws Exception {
    assertEquals(
        List.of(3),
        open()
            .customGrouping("words", "default", "lengths", List.of(2, 3))
            .chooseTasks(4, List.of("storm", 1)));
    final Grouping named =
        Grouping.custom_object(new JavaObject(UserCode.LastTask.class.getName(), List.of()));
    built
        .get_bolts()
        .get("lengths")
        .get_common()
        .put_to_inputs(new GlobalStreamId("words", "default"), named);
    assertEquals(
        List.of(3),
        open()
            .customGrouping("words", "default", "lengths", List.of(2, 3))
            .chooseTasks(4, List.of("storm", 1)));
  }

  /** Notes what it is called with. */
  public static final class NotedWait implements backtype.storm.spout.ISpoutWaitStrategy {
    static final List<Object> CALLS = new ArrayList<>();

    @Override
    @SuppressWarnings("rawtypes") // Storm's interface is
    public void prepare(final Map conf) {
      CALLS.add(conf.get("my.key"));
    }

    @Override
    public void emptyEmit(final long streak) {
      CALLS.add(streak);
    }
  }

  // clause: wait-strategy
  @Test
  void aWaitStrategyOfTheUsersIsPreparedAndTheUsualOneIsTheHosts() throws Exception {
    final ClassLoader loader = getClass().getClassLoader();
    final String key = backtype.storm.Config.TOPOLOGY_SPOUT_WAIT_STRATEGY;
    assertEquals(null, WaitStrategies.create(Map.of(), loader));
    assertEquals(
        null,
        WaitStrategies.create(
            Map.of(key, backtype.storm.spout.SleepSpoutWaitStrategy.class.getName()), loader));
    WaitStrategies.create(Map.of(key, NotedWait.class.getName(), "my.key", "mine"), loader)
        .emptyEmit(4);
    assertEquals(List.of("mine", 4L), NotedWait.CALLS);
    assertThrows(
        ClassNotFoundException.class,
        () -> WaitStrategies.create(Map.of(key, "no.such.Wait"), loader));
  }

  // clause: fields-hash
  @Test
  void fieldsHashAsTheStormAtHandHashes() throws Exception {
    final List<Object> values = Arrays.asList("storm", 3L, null, 2.5, new byte[] {1});
    assertEquals(
        Arrays.asList(2.5, "storm", null).hashCode(),
        open().fieldsHash(values, new int[] {3, 0, 2}));
    assertEquals(arrayHash(values.get(4)), open().fieldsHash(values, new int[] {4}));
    assertEquals(
        Arrays.deepHashCode(new Object[] {new byte[] {1}, "storm"}),
        FieldsHash.DEEP.of(values, new int[] {4, 0}));
  }

  /** An array in a fields grouping counts by identity in 0.9, and by its content from 0.10 on. */
  private static int arrayHash(final Object array) {
    final URL storm = StormTopology.class.getProtectionDomain().getCodeSource().getLocation();
    return storm.getPath().contains("storm-core-0.9.")
        ? List.of(array).hashCode()
        : Arrays.deepHashCode(new Object[] {array});
  }

  @Test
  void strangeValuesAreShownAsText() throws Exception {
    final TopologyBridge topology = open();
    assertEquals(Map.of("a", List.of(1, "x")), topology.toJsonValue(Map.of("a", List.of(1, "x"))));
    assertEquals("NaN", topology.toJsonValue(Double.NaN));
    assertEquals(
        Throwing.class.getName() + " (java.lang.IllegalStateException)",
        topology.toJsonValue(new Throwing()));
    assertSame(null, topology.toJsonValue(null));
  }

  private static final class Throwing {
    @Override
    public String toString() {
      throw new IllegalStateException("no text");
    }
  }

  @Test
  void groupingsSeeStormsOwnComponentsAndTasksDoNot() throws Exception {
    final TopologyBuilder withAcker = new TopologyBuilder();
    withAcker.setSpout("words", new UserCode.Words(), 1);
    withAcker.setBolt("lengths", new UserCode.Lengths("hello", 1), 2).shuffleGrouping("words");
    withAcker.setBolt("__acker", new UserCode.Lengths("", 1), 1).shuffleGrouping("words");
    final Path file = Topologies.write(built, directory);
    final TaskContexts contexts =
        new TaskContexts(
            Topologies.environment(file, Topologies.config(""), Topologies.config("")),
            StormTopologies.read(file),
            withAcker.createTopology());
    assertEquals(
        Set.of("words", "lengths", "__acker"), contexts.newWorkerContext().getComponentIds());
    assertEquals(
        Set.of("words", "lengths"),
        contexts.newTask("lengths", 2, new ExecutorScope(2, 3)).context().getComponentIds());
  }
}
