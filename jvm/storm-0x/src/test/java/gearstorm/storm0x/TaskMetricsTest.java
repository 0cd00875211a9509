package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backtype.storm.metric.api.CountMetric;
import backtype.storm.metric.api.IMetricsConsumer.DataPoint;
import backtype.storm.metric.api.IMetricsConsumer.TaskInfo;
import backtype.storm.topology.TopologyBuilder;
import gearstorm.host.spi.ExecutorScope;
import gearstorm.host.spi.PartitionLag;
import gearstorm.host.spi.TaskCounts.InputStreamCount;
import gearstorm.host.spi.TaskCounts.StreamCount;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: reports hold what was registered, as Storm reads it. */
final class TaskMetricsTest {
  private static final int BUCKET = 60;

  @TempDir Path directory;
  private final RecordedEmits emits = new RecordedEmits();

  private Storm0xTopology open(final String more) throws Exception {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new UserCode.Words(), 1);
    builder.setBolt("lengths", new UserCode.Lengths("hello", 1), 2).shuffleGrouping("words");
    final Path file = Topologies.write(builder.createTopology(), directory);
    final String config = Topologies.config("\"storm.local.hostname\":\"here\"" + more);
    return new Storm0xTopology(
        Topologies.environment(file, config, config),
        StormTopologies.read(file),
        StormTopologies.read(file),
        null);
  }

  private StormBoltTask lengths(final String more) throws Exception {
    return (StormBoltTask) open(more).newBolt("lengths", 2, new ExecutorScope(2, 3));
  }

  private static Map<String, Object> points(final List<Object> report) {
    final Map<String, Object> byName = new TreeMap<>();
    for (final Object each : (Collection<?>) report.get(1)) {
      byName.put(((DataPoint) each).name, ((DataPoint) each).value);
    }
    return byName;
  }

  @Test
  void aReportSaysWhoseMetricsTheseAreAndResetsThem() throws Exception {
    final StormBoltTask task = lengths("");
    final CountMetric count = task.task().context().registerMetric("mine", new CountMetric(), 10);
    task.task().context().registerMetric("silent", () -> null, 20);
    count.incrBy(3);
    assertEquals(List.of(10, 20), task.metricIntervalsSecs().stream().sorted().toList());
    final List<Object> report = task.readMetrics(10);
    final TaskInfo info = (TaskInfo) report.get(0);
    assertEquals("here", info.srcWorkerHost);
    assertEquals(6700, info.srcWorkerPort);
    assertEquals("lengths", info.srcComponentId);
    assertEquals(2, info.srcTaskId);
    assertEquals(10, info.updateIntervalSecs);
    assertEquals(Map.of("mine", 3L), points(report));
    assertEquals(Map.of("mine", 0L), points(task.readMetrics(10)));
    assertNull(task.readMetrics(20), "nothing to tell");
  }

  @Test
  void aSpoutForKafkaSaysHowFarItIsByTheNamesOfEveryReleaseOfIt() throws Exception {
    final StormBoltTask task = lengths("");
    final Map<String, Object> offsets = new TreeMap<>();
    offsets.put("partition_3/spoutLag", 5L);
    offsets.put("partition_3/latestTimeOffset", 105L);
    offsets.put("a/b/partition_0/spoutLag", 0L);
    offsets.put("a/b/partition_0/latestTimeOffset", 7L);
    offsets.put("partition_4/spoutLag", 1L);
    offsets.put("totalSpoutLag", 6L);
    task.task().context().registerMetric("kafkaOffset", () -> offsets, 10);
    task.task().context().registerMetric("other", () -> offsets, 20);
    assertEquals(
        List.of(new PartitionLag("a/b", 0, 0, 7, 7), new PartitionLag("", 3, 5, 105, 100)),
        task.lagsIn(task.readMetrics(10)));
    assertNull(task.lagsIn(task.readMetrics(20)));
  }

  // clause: builtin-metrics
  @Test
  void builtinCountsAreOfOneBucketEach() throws Exception {
    final StormBoltTask task = lengths(",\"topology.builtin.metrics.bucket.size.secs\":" + BUCKET);
    task.prepare(emits);
    emits.counts.emitted = List.of(new StreamCount("default", 5));
    emits.counts.transferred = List.of(new StreamCount("default", 10));
    emits.counts.acked = List.of(new InputStreamCount("words", "default", 4, 6.0, 2));
    final Map<String, Object> first = points(task.readMetrics(BUCKET));
    assertEquals(
        List.of(
            "__ack-count",
            "__emit-count",
            "__execute-count",
            "__execute-latency",
            "__fail-count",
            "__process-latency",
            "__receive",
            "__sendqueue",
            "__transfer-count"),
        List.copyOf(first.keySet()));
    assertEquals(Map.of("default", 5L), first.get("__emit-count"));
    assertEquals(Map.of("default", 10L), first.get("__transfer-count"));
    assertEquals(Map.of("words:default", 4L), first.get("__ack-count"));
    assertEquals(Map.of("words:default", 3.0), first.get("__process-latency"));
    assertEquals(3L, ((Map<?, ?>) first.get("__receive")).get("population"));
    emits.counts.acked = List.of(new InputStreamCount("words", "default", 9, 16.0, 3));
    final Map<String, Object> second = points(task.readMetrics(BUCKET));
    assertEquals(Map.of("default", 0L), second.get("__emit-count"));
    assertEquals(Map.of("words:default", 5L), second.get("__ack-count"));
    assertEquals(Map.of("words:default", 10.0), second.get("__process-latency"));
    assertEquals(
        Map.of(), points(task.readMetrics(BUCKET)).get("__process-latency"), "none sampled");
  }

  @Test
  void aSpoutsScopesAreItsStreams() throws Exception {
    final StormSpoutTask task =
        (StormSpoutTask)
            open(",\"topology.builtin.metrics.bucket.size.secs\":" + BUCKET)
                .newSpout("words", 4, new ExecutorScope(4, 4));
    task.open(emits);
    emits.counts.acked = List.of(new InputStreamCount("words", "default", 4, 6.0, 2));
    emits.counts.failed = List.of(new InputStreamCount("words", "side", 1, 0, 0));
    final Map<String, Object> points = points(task.readMetrics(BUCKET));
    assertEquals(Map.of("default", 4L), points.get("__ack-count"));
    assertEquals(Map.of("side", 1L), points.get("__fail-count"));
    assertEquals(Map.of("default", 3.0), points.get("__complete-latency"));
  }

  // clause: metric-registration
  @Test
  void aNameIsRegisteredOnceEvenStormsOwn() throws Exception {
    final StormBoltTask task = lengths(",\"topology.builtin.metrics.bucket.size.secs\":60");
    task.task().context().registerMetric("__ack-count", new CountMetric(), 60);
    assertThrows(RuntimeException.class, () -> task.prepare(emits));
  }

  // clause: system-components
  @Test
  void consumersAreNamedAsStormNamesThem() throws Exception {
    final String register =
        ",\"topology.metrics.consumer.register\":[{\"class\":\"m.C\"},{\"class\":\"m.C\"}]";
    final Map<?, ?> conf =
        open(register).newBolt("lengths", 2, new ExecutorScope(2, 2)) instanceof StormBoltTask task
            ? task.task().conf()
            : Map.of();
    final MetricsConsumers consumers = new MetricsConsumers(conf);
    assertEquals(
        backtype.storm.metric.MetricsConsumerBolt.class,
        consumers.newBolt("__metricsm.C#2").getClass());
    assertNull(consumers.newBolt("__metricsm.C#3"));
    assertEquals(backtype.storm.metric.SystemBolt.class, consumers.newBolt("__system").getClass());
  }
}
