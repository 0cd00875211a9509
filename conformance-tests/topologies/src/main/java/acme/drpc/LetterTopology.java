package acme.drpc;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.drpc.KeyedFairBolt;
import backtype.storm.generated.StormTopology;
import backtype.storm.tuple.Fields;

/** A linear DRPC topology over several workers: NAME FUNCTION WORKERS. */
public final class LetterTopology {
  private LetterTopology() {}

  public static void main(String[] args) throws Exception {
    int workers = Integer.parseInt(args[2]);
    Config conf = new Config();
    conf.setNumWorkers(workers);
    StormSubmitter.submitTopology(args[0], conf, topology(args[1], workers));
  }

  /** Storm tells people to use Trident instead; an import cannot be told to be quiet about that. */
  @SuppressWarnings("deprecation")
  private static StormTopology topology(String function, int workers) {
    backtype.storm.drpc.LinearDRPCTopologyBuilder builder =
        new backtype.storm.drpc.LinearDRPCTopologyBuilder(function);
    // Storm's fair bolt acks from a thread of its own, which coordination only bears at the first
    // bolt
    builder.addBolt(new KeyedFairBolt(new LetterBolt()), workers);
    builder.addBolt(new DistinctBolt(), workers).fieldsGrouping(new Fields("id", "letter"));
    builder.addBolt(new SortBolt(), workers).fieldsGrouping(new Fields("id"));
    return builder.createRemoteTopology();
  }
}
