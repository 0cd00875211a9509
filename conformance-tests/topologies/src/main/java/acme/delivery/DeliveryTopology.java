package acme.delivery;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;
import java.util.HashMap;
import java.util.Map;

/**
 * Delivers letters for as long as its judge wants, each to four places: NAME LOG [OPTION=N]... with
 * the options workers, rate (new letters a second and source), pending, timeout (seconds) and
 * dishonest (1: a sink acks before it writes).
 */
public final class DeliveryTopology {
  private DeliveryTopology() {}

  public static void main(String[] args) throws Exception {
    Map<String, Integer> options = new HashMap<>();
    for (int i = 2; i < args.length; i++) {
      String[] option = args[i].split("=");
      options.put(option[0], Integer.parseInt(option[1]));
    }
    Config conf = new Config();
    conf.put(DeliveryLog.PATH, args[1]);
    conf.setNumWorkers(options.getOrDefault("workers", 3));
    conf.setMaxSpoutPending(options.getOrDefault("pending", 500));
    conf.setMessageTimeoutSecs(options.getOrDefault("timeout", 5));

    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("letters", new LetterSpout(options.getOrDefault("rate", 500)), 2);
    builder.setBolt("sort", new SortBolt(), 3).shuffleGrouping("letters");
    builder.setBolt("carry", new CarryBolt(), 3).localOrShuffleGrouping("sort", SortBolt.HALVES);
    boolean honest = options.getOrDefault("dishonest", 0) == 0;
    builder.setBolt("door", new DoorBolt(honest), 3).fieldsGrouping("carry", new Fields("letter"));
    builder.setBolt("archive", new ArchiveBolt(), 2).allGrouping("sort", SortBolt.COPIES);
    StormSubmitter.submitTopology(args[0], conf, builder.createTopology());
  }
}
