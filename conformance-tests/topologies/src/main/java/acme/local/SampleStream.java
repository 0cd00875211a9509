package acme.local;

import backtype.storm.Config;
import backtype.storm.LocalCluster;
import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Tuple;

/**
 * Prints what a stream says that a spout listens to, as storm-starter's PrintSampleStream does:
 * {@code end} shuts the cluster down after that, {@code forever} leaves it running, {@code throw}
 * throws.
 */
public final class SampleStream {
  private static final int PRINTED_ENOUGH = 5;

  private SampleStream() {}

  public static void main(final String[] args) throws Exception {
    final TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("stream", new ListeningSpout());
    builder.setBolt("print", new PrinterBolt()).shuffleGrouping("stream");
    final LocalCluster cluster = new LocalCluster();
    cluster.submitTopology("test", new Config(), builder.createTopology());
    PrinterBolt.await(PRINTED_ENOUGH);
    System.out.println("main is at its end");
    if (args[0].equals("throw")) throw new IllegalStateException("as it was meant to");
    if (args[0].equals("end")) cluster.shutdown();
  }

  private static final class PrinterBolt extends BaseBasicBolt {
    private static final long serialVersionUID = 1L;
    private static final Object CHANGED = new Object();
    private static int printed;

    /** Waits until so many were printed. */
    static void await(final int count) throws InterruptedException {
      synchronized (CHANGED) {
        while (printed < count) CHANGED.wait();
      }
    }

    @Override
    public void execute(final Tuple tuple, final BasicOutputCollector collector) {
      synchronized (CHANGED) {
        if (printed < PRINTED_ENOUGH) System.out.println(tuple.getString(0));
        printed++;
        CHANGED.notifyAll();
      }
    }

    @Override
    public void declareOutputFields(final OutputFieldsDeclarer declarer) {}
  }
}
