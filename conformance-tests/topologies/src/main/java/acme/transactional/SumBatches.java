package acme.transactional;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.generated.StormTopology;

/** Sums numbers up in a file: NAME FILE LAST_NUMBER_OF_EACH_PARTITION fixed|opaque. */
public final class SumBatches {
  private static final String SOURCE = "numbers";
  private static final int SOURCES = 3;

  private SumBatches() {}

  public static void main(final String[] args) throws Exception {
    final Config conf = new Config();
    conf.setNumWorkers(3);
    conf.setMaxSpoutPending(3);
    conf.setMessageTimeoutSecs(3);
    StormSubmitter.submitTopology(args[0], conf, topology(args));
  }

  @SuppressWarnings("deprecation") // what this is about
  private static StormTopology topology(final String[] args) {
    final long last = Long.parseLong(args[2]);
    final backtype.storm.transactional.TransactionalTopologyBuilder builder =
        args[3].equals("opaque")
            ? new backtype.storm.transactional.TransactionalTopologyBuilder(
                args[0], SOURCE, new OpaqueNumbersSource(last), SOURCES)
            : new backtype.storm.transactional.TransactionalTopologyBuilder(
                args[0], SOURCE, new NumbersSource(last), SOURCES);
    builder.setBolt("sums", new PartSums(), SOURCES).shuffleGrouping(SOURCE);
    builder.setCommitterBolt("ledger", new LedgerCommitter(args[1])).globalGrouping("sums");
    return builder.buildTopology();
  }
}
