package acme.bench;

import backtype.storm.Config;
import backtype.storm.tuple.Fields;
import storm.trident.TridentTopology;
import storm.trident.operation.builtin.Count;
import storm.trident.testing.Split;

/**
 * Words of sentences, counted by word in a Trident state, which measures how long its batches
 * take: NAME FILE SENTENCES-PER-BATCH COUNTERS PENDING-BATCHES INTERVAL-MS.
 */
public final class TridentWords {
  private TridentWords() {}

  public static void main(String[] args) throws Exception {
    TridentTopology topology = new TridentTopology();
    topology
        .newStream("sentences", new TimedBatches(Integer.parseInt(args[2])))
        .parallelismHint(1)
        .shuffle()
        .each(new Fields(TimedBatches.FIELD), new Split(), new Fields("word"))
        .parallelismHint(2)
        .groupBy(new Fields("word"))
        .persistentAggregate(new TimedBatches.Counts(), new Count(), new Fields("count"))
        .parallelismHint(Integer.parseInt(args[3]));
    new Rates(args[1], true)
        .pendingMax(Integer.parseInt(args[4]))
        .with(Config.TOPOLOGY_TRIDENT_BATCH_EMIT_INTERVAL_MILLIS, Integer.parseInt(args[5]))
        .submit(args[0], topology.build());
  }
}
