package acme.bench;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.generated.StormTopology;

/** What the topologies that pass as many messages as they can have in common. */
final class Rates {
  /** The configuration key that names the file of the {@link Meter}. */
  static final String FILE = "bench.rates";

  private static final int PENDING_MAX = 1000;

  private Rates() {}

  /** Submits with the JVM options and limits that all sides of a comparison get. */
  static void submit(String name, String file, boolean acked, StormTopology topology)
      throws Exception {
    Config conf = new Config();
    conf.put(FILE, file);
    conf.setNumWorkers(1);
    conf.setNumAckers(acked ? 1 : 0);
    conf.setMaxSpoutPending(PENDING_MAX);
    conf.put(Config.TOPOLOGY_WORKER_CHILDOPTS, "-Xmx1536m -XX:+UseParallelGC");
    StormSubmitter.submitTopology(name, conf, topology);
  }
}
