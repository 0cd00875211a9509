package acme.local;

import backtype.storm.Config;
import backtype.storm.ILocalCluster;
import backtype.storm.LocalCluster;
import backtype.storm.Testing;
import backtype.storm.generated.StormTopology;
import backtype.storm.testing.AckTracker;
import backtype.storm.testing.CompleteTopologyParam;
import backtype.storm.testing.FeederSpout;
import backtype.storm.testing.MkClusterParam;
import backtype.storm.testing.MockedSources;
import backtype.storm.testing.TestGlobalCount;
import backtype.storm.testing.TestWordCounter;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.testing.TrackedTopology;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import backtype.storm.utils.Time;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What a user's unit tests do with Storm's helpers; prints what each of them saw. */
public final class UnitTests {
  private UnitTests() {}

  public static void main(final String[] args) throws Exception {
    Testing.withSimulatedTime(() -> System.out.println("simulated " + Time.isSimulating()));
    Testing.withSimulatedTimeLocalCluster(UnitTests::completesMockedSources);
    Testing.withSimulatedTimeLocalCluster(withTimeouts(), UnitTests::timesOut);
    Testing.withTrackedCluster(UnitTests::waitsForEverything);
    System.out.println("simulated " + Time.isSimulating());
    Testing.withLocalCluster(FedBatches::areCounted);
    FedBatches.areRememberedElsewhere();
    final Tuple tuple = Testing.testTuple(Arrays.asList("a", 1));
    System.out.println(
        "tuple " + tuple.getStringByField("field1") + " " + tuple.getSourceComponent());
    // as Clojure calls them
    System.out.println("methods " + (LocalCluster.class.getMethods().length > 0));
  }

  private static void completesMockedSources(final ILocalCluster cluster) {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("words", new TestWordSpout(true), 3);
    builder.setBolt("counts", new TestWordCounter(), 4).fieldsGrouping("words", new Fields("word"));
    builder.setBolt("total", new TestGlobalCount()).globalGrouping("words");
    final MockedSources mocked = new MockedSources();
    mocked.addMockData(
        "words", new Values("nathan"), new Values("bob"), new Values("joey"), new Values("nathan"));
    final Config conf = new Config();
    conf.setNumWorkers(2);
    final CompleteTopologyParam param = new CompleteTopologyParam();
    param.setMockedSources(mocked);
    param.setStormConf(conf);
    final Map<?, ?> result = Testing.completeTopology(cluster, builder.createTopology(), param);
    System.out.println("words " + sorted(Testing.readTuples(result, "words")));
    System.out.println("counts " + sorted(Testing.readTuples(result, "counts")));
    System.out.println("total " + sorted(Testing.readTuples(result, "total")));
    System.out.println(
        "same "
            + Testing.multiseteq(
                new Values(new Values(1), new Values(2), new Values(3), new Values(4)),
                Testing.readTuples(result, "total")));
  }

  private static List<String> sorted(final List<?> tuples) {
    final List<String> texts = new ArrayList<>();
    tuples.forEach(tuple -> texts.add(tuple.toString()));
    texts.sort(null);
    return texts;
  }

  private static MkClusterParam withTimeouts() {
    final Config conf = new Config();
    conf.put(Config.TOPOLOGY_ENABLE_MESSAGE_TIMEOUTS, true);
    final MkClusterParam param = new MkClusterParam();
    param.setSupervisors(1);
    param.setDaemonConf(conf);
    return param;
  }

  /** A tuple that nobody acks fails when the cluster's time has gone on, and not before. */
  private static void timesOut(final ILocalCluster cluster) throws Exception {
    final FeederSpout feeder = new FeederSpout(new Fields("field1"));
    final AckFailCounts counts = new AckFailCounts();
    feeder.setAckFailDelegate(counts);
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("feeder", feeder);
    builder.setBolt("silent", new SilentBolt()).globalGrouping("feeder");
    final Config conf = new Config();
    conf.put(Config.TOPOLOGY_MESSAGE_TIMEOUT_SECS, 10);
    cluster.submitTopology("timeouts", conf, builder.createTopology());
    while (!SilentBolt.isPrepared()) {
      Testing.advanceClusterTime(cluster, 1);
    }
    feeder.feed(new Values("a"), 1);
    Testing.advanceClusterTime(cluster, 9);
    System.out.println("failed early " + counts.failed());
    Testing.advanceClusterTime(cluster, 12);
    System.out.println("failed late " + counts.failed());
  }

  private static void waitsForEverything(final ILocalCluster cluster) throws Exception {
    final AckTracker tracker = new AckTracker();
    final FeederSpout feeder = new FeederSpout(new Fields("num"));
    feeder.setAckFailDelegate(tracker);
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("feeder", feeder);
    builder.setBolt("total", new TestGlobalCount()).shuffleGrouping("feeder");
    final StormTopology topology = builder.createTopology();
    final TrackedTopology tracked = Testing.mkTrackedTopology(cluster, topology);
    cluster.submitTopology("tracked", new Config(), tracked.getTopology());
    feeder.feed(new Values(1), 1);
    feeder.feed(new Values(2), 2);
    Testing.trackedWait(tracked, 2, 60_000);
    System.out.println("acked " + tracker.getNumAcks());
    feeder.feed(new Values(3), 3);
    Testing.trackedWait(tracked, 1, 60_000);
    System.out.println("acked " + tracker.getNumAcks());
  }
}
