package acme.local;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Acks nothing, and tells the main, which is in the same process, when it is there. */
final class SilentBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1L;
  private static final CountDownLatch PREPARED = new CountDownLatch(1);

  static boolean isPrepared() {
    return PREPARED.getCount() == 0;
  }

  @Override
  public void prepare(
      final Map conf, final TopologyContext context, final OutputCollector collector) {
    PREPARED.countDown();
  }

  @Override
  public void execute(final Tuple input) {}

  @Override
  public void declareOutputFields(final OutputFieldsDeclarer declarer) {}
}
