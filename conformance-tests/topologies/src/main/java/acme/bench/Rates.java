package acme.bench;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.generated.StormTopology;

/** What the topologies that are measured have in common: JVM options and limits, on all sides. */
final class Rates {
  /** The configuration key that names the file of the {@link Meter}. */
  static final String FILE = "bench.rates";

  private static final int PENDING_MAX = 1000;

  private final Config conf = new Config();

  Rates(String file, boolean acked) {
    conf.put(FILE, file);
    conf.setNumWorkers(1);
    conf.setNumAckers(acked ? 1 : 0);
    conf.setMaxSpoutPending(PENDING_MAX);
    conf.put(Config.TOPOLOGY_WORKER_CHILDOPTS, "-Xmx1536m -XX:+UseParallelGC -XX:+UseCondCardMark");
  }

  /** Without ackers when there are none so far. */
  Rates workers(int workers) {
    conf.setNumWorkers(workers);
    if (!conf.get(Config.TOPOLOGY_ACKER_EXECUTORS).equals(0)) {
      conf.setNumAckers(workers);
    }
    return this;
  }

  Rates pendingMax(int trees) {
    conf.setMaxSpoutPending(trees);
    return this;
  }

  Rates withoutPendingMax() {
    conf.remove(Config.TOPOLOGY_MAX_SPOUT_PENDING);
    return this;
  }

  /** Another setting. */
  Rates with(String key, Object value) {
    conf.put(key, value);
    return this;
  }

  void submit(String name, StormTopology topology) throws Exception {
    StormSubmitter.submitTopology(name, conf, topology);
  }
}
