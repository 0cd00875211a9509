package acme.trident;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import storm.trident.Stream;
import storm.trident.TridentTopology;
import storm.trident.operation.BaseFunction;
import storm.trident.operation.TridentCollector;
import storm.trident.operation.builtin.Count;
import storm.trident.state.StateFactory;
import storm.trident.tuple.TridentTuple;

/**
 * Counts numbers by their remainder, from an opaque source into an opaque state and from a
 * transactional one into a transactional state: NAME FOLDER NUMBERS_PER_PARTITION [WORKERS].
 */
public final class CountNumbers {
  private static final int REMAINDERS = 13;

  private CountNumbers() {}

  public static void main(String[] args) throws Exception {
    long end = Long.parseLong(args[2]);
    TridentTopology topology = new TridentTopology();
    Stream opaque = topology.newStream(args[0] + "-opaque", new OpaqueNumbersSpout(end));
    count(opaque, FileStates.opaque(args[1] + "/opaque"));
    Stream fixed = topology.newStream(args[0] + "-fixed", new FixedNumbersSpout(end));
    count(fixed, FileStates.transactional(args[1] + "/transactional"));
    Config conf = new Config();
    conf.setNumWorkers(args.length > 3 ? Integer.parseInt(args[3]) : 2);
    conf.setMaxSpoutPending(3);
    conf.setMessageTimeoutSecs(3);
    conf.put(Config.TOPOLOGY_TRIDENT_BATCH_EMIT_INTERVAL_MILLIS, 20);
    StormSubmitter.submitTopology(args[0], conf, topology.build());
  }

  private static void count(Stream numbers, StateFactory state) {
    numbers
        .parallelismHint(2)
        .shuffle()
        .each(Numbers.FIELDS, new Remainder(), new Fields("remainder"))
        .parallelismHint(2)
        .groupBy(new Fields("remainder"))
        .persistentAggregate(state, new Count(), new Fields("count"))
        .parallelismHint(2);
  }

  /** Each number comes out once, as `PARTITION REMAINDER`. */
  private static final class Remainder extends BaseFunction {
    private static final long serialVersionUID = 1L;

    @Override
    public void execute(TridentTuple tuple, TridentCollector collector) {
      collector.emit(new Values(tuple.getString(0) + " " + tuple.getLong(1) % REMAINDERS));
    }
  }
}
