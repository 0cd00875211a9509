package acme.local;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import backtype.storm.utils.Utils;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Emits what a thread of its own hears, as storm-starter's TwitterSampleSpout does; its close fails
 * like that one's, on a field that was never set.
 */
final class ListeningSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1L;
  private static final int QUEUE_MOST = 1000;
  private static final long PAUSE_MS = 10;

  private transient LinkedBlockingQueue<String> queue;
  private transient SpoutOutputCollector collector;
  private transient Thread stream;

  @Override
  public void open(
      final Map conf, final TopologyContext context, final SpoutOutputCollector collector) {
    this.queue = new LinkedBlockingQueue<>(QUEUE_MOST);
    this.collector = collector;
    final Thread talking = new Thread(this::talk);
    talking.setDaemon(true);
    talking.start();
  }

  private void talk() {
    for (int count = 1; ; count++) {
      queue.offer("status " + count);
      Utils.sleep(PAUSE_MS);
    }
  }

  @Override
  public void nextTuple() {
    final String status = queue.poll();
    if (status == null) Utils.sleep(PAUSE_MS);
    else collector.emit(new Values(status));
  }

  @Override
  public void close() {
    stream.interrupt();
  }

  @Override
  public void declareOutputFields(final OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("status"));
  }
}
