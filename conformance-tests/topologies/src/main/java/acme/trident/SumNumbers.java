package acme.trident;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import storm.trident.Stream;
import storm.trident.TridentTopology;
import storm.trident.operation.BaseFunction;
import storm.trident.operation.TridentCollector;
import storm.trident.operation.builtin.Sum;
import storm.trident.state.StateFactory;
import storm.trident.tuple.TridentTuple;

/**
 * Sums numbers up, from an opaque source into an opaque state and from a transactional one into a
 * transactional state: NAME FOLDER NUMBERS_PER_PARTITION [WORKERS]. The opaque state has one sum of
 * each partition: an opaque state is exact for keys that are in every attempt of a batch, and what
 * a failed attempt left under any other key stays there.
 */
public final class SumNumbers {
  private static final int REMAINDERS = 13;

  private SumNumbers() {}

  public static void main(String[] args) throws Exception {
    long end = Long.parseLong(args[2]);
    TridentTopology topology = new TridentTopology();
    Stream opaque = topology.newStream(args[0] + "-opaque", new OpaqueNumbersSpout(end));
    sum(opaque, 1, FileStates.opaque(args[1] + "/opaque"));
    Stream fixed = topology.newStream(args[0] + "-fixed", new FixedNumbersSpout(end));
    sum(fixed, REMAINDERS, FileStates.transactional(args[1] + "/transactional"));
    Config conf = new Config();
    conf.setNumWorkers(args.length > 3 ? Integer.parseInt(args[3]) : 2);
    conf.setMaxSpoutPending(3);
    conf.setMessageTimeoutSecs(3);
    conf.put(Config.TOPOLOGY_TRIDENT_BATCH_EMIT_INTERVAL_MILLIS, 20);
    StormSubmitter.submitTopology(args[0], conf, topology.build());
  }

  private static void sum(Stream numbers, int remainders, StateFactory state) {
    numbers
        .parallelismHint(2)
        .shuffle()
        .each(Numbers.FIELDS, new Share(remainders), new Fields("key", "share"))
        .parallelismHint(2)
        .groupBy(new Fields("key"))
        .persistentAggregate(state, new Fields("share"), new Sum(), new Fields("sum"))
        .parallelismHint(2);
  }

  /** A number adds itself and one to the sum of its partition and remainder. */
  private static final class Share extends BaseFunction {
    private static final long serialVersionUID = 1L;
    private final int remainders;

    Share(int remainders) {
      this.remainders = remainders;
    }

    @Override
    public void execute(TridentTuple tuple, TridentCollector collector) {
      long number = tuple.getLong(1);
      collector.emit(new Values(tuple.getString(0) + " " + number % remainders, number + 1));
    }
  }
}
