package acme.local;

import backtype.storm.Config;
import backtype.storm.ILocalCluster;
import backtype.storm.LocalCluster;
import backtype.storm.LocalDRPC;
import backtype.storm.generated.StormTopology;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import backtype.storm.utils.Utils;
import clojure.lang.IFn;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import storm.trident.TridentState;
import storm.trident.TridentTopology;
import storm.trident.operation.builtin.Count;
import storm.trident.operation.builtin.MapGet;
import storm.trident.spout.ITridentSpout;
import storm.trident.testing.FeederBatchSpout;
import storm.trident.testing.FeederCommitterBatchSpout;
import storm.trident.testing.MemoryMapState;
import storm.trident.topology.state.TransactionalState;

/** Trident's sources for tests: whoever feeds them a batch waits until it has succeeded. */
final class FedBatches {
  private static final Fields WORD = new Fields("word");
  private static final Fields COUNT = new Fields("count");
  private static final String ZOOKEEPER = "backtype.storm.zookeeper";

  private FedBatches() {}

  static void areCounted(final ILocalCluster cluster) throws Exception {
    final LocalDRPC drpc = new LocalDRPC();
    final FeederBatchSpout feeder = new FeederBatchSpout(WORD.toList());
    final FeederCommitterBatchSpout committer = new FeederCommitterBatchSpout(WORD.toList());
    final TridentTopology topology = new TridentTopology();
    count(topology, feeder, drpc, "fed");
    count(topology, committer, drpc, "committed");
    cluster.submitTopology("batches", new Config(), topology.build());
    feeder.feed(Arrays.asList(new Values("ash"), new Values("oak"), new Values("ash")));
    feeder.feed(Arrays.asList(new Values("ash")));
    committer.feed(Arrays.asList(new Values("oak"), new Values("oak")));
    System.out.println("fed " + drpc.execute("fed", "ash") + drpc.execute("fed", "oak"));
    System.out.println("committed " + drpc.execute("committed", "oak"));
    drpc.shutdown();
  }

  private static void count(
      final TridentTopology topology,
      final ITridentSpout<?> feeder,
      final LocalDRPC drpc,
      final String function) {
    final TridentState counts =
        topology
            .newStream(function, feeder)
            .groupBy(WORD)
            .persistentAggregate(new MemoryMapState.Factory(), new Count(), COUNT);
    topology
        .newDRPCStream(function, drpc)
        .stateQuery(counts, new Fields("args"), new MapGet(), COUNT)
        .project(COUNT);
  }

  /** By a cluster that is told of a ZooKeeper that runs. */
  static void areRememberedElsewhere() throws Exception {
    final String folder = Files.createTempDirectory("acme-zookeeper-").toString();
    final List<?> zooKeeper = (List<?>) storms("mk-inprocess-zookeeper").invoke(folder);
    final Long port = ((Number) zooKeeper.get(0)).longValue();
    final LocalCluster cluster = new LocalCluster("localhost", port);
    final FeederBatchSpout feeder = new FeederBatchSpout(WORD.toList());
    cluster.submitTopology("elsewhere", new Config(), topologyOf(feeder));
    feeder.feed(Arrays.asList(new Values("ash")));
    final Map<?, ?> usual = Utils.readStormConfig();
    final Map<Object, Object> conf = new HashMap<>(usual);
    conf.put(Config.STORM_ZOOKEEPER_SERVERS, Collections.singletonList("localhost"));
    conf.put(Config.STORM_ZOOKEEPER_PORT, port);
    final TransactionalState state = TransactionalState.newCoordinatorState(conf, "remembered");
    System.out.println("remembered " + (state.getData("currattempts") != null));
    state.close();
    cluster.shutdown();
    storms("shutdown-inprocess-zookeeper").invoke(zooKeeper.get(1));
  }

  private static StormTopology topologyOf(final ITridentSpout<?> feeder) {
    final TridentTopology topology = new TridentTopology();
    topology
        .newStream("remembered", feeder)
        .groupBy(WORD)
        .persistentAggregate(new MemoryMapState.Factory(), new Count(), COUNT);
    return topology.build();
  }

  /** A function of Storm's own, which is the same in both releases. */
  private static IFn storms(final String name) {
    RT.var("clojure.core", "require").invoke(Symbol.intern(ZOOKEEPER));
    return RT.var(ZOOKEEPER, name);
  }
}
