package acme.transactional;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;

/** Sums numbers up in a file: NAME FILE LAST_NUMBER_OF_EACH_PARTITION. */
public final class SumBatches {
  private SumBatches() {}

  @SuppressWarnings("deprecation") // what this is about
  public static void main(final String[] args) throws Exception {
    final NumbersSource source = new NumbersSource(Long.parseLong(args[2]));
    final backtype.storm.transactional.TransactionalTopologyBuilder builder =
        new backtype.storm.transactional.TransactionalTopologyBuilder(
            args[0], "numbers", source, 3);
    builder.setBolt("sums", new PartSums(), 3).shuffleGrouping("numbers");
    builder.setCommitterBolt("ledger", new LedgerCommitter(args[1])).globalGrouping("sums");
    final Config conf = new Config();
    conf.setNumWorkers(3);
    conf.setMaxSpoutPending(3);
    conf.setMessageTimeoutSecs(3);
    StormSubmitter.submitTopology(args[0], conf, builder.buildTopology());
  }
}
