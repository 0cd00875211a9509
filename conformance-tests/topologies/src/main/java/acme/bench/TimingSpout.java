package acme.bench;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Emits at a rate and measures the time from each emit to its ack, the complete latency. */
final class TimingSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;

  private final String[] messages = Messages.ofHundredBytes();
  private final long intervalNs;
  private transient SpoutOutputCollector collector;
  private transient LatencyMeter meter;
  private long nextNs;
  private long emitted;

  /**
   * @param perSecond 0 for one tuple in every nextTuple
   */
  TimingSpout(int perSecond) {
    intervalNs = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / perSecond;
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector out) {
    collector = out;
    meter = LatencyMeter.open((String) conf.get(Rates.FILE));
    nextNs = System.nanoTime();
  }

  @Override
  public void nextTuple() {
    long nowNs = System.nanoTime();
    if (nowNs - nextNs < 0) {
      return;
    }
    nextNs = nowNs - nextNs > TimeUnit.SECONDS.toNanos(1) ? nowNs : nextNs + intervalNs;
    Values values = new Values(messages[(int) (emitted++ % messages.length)]);
    collector.emit(values, Long.valueOf(System.nanoTime()));
  }

  @Override
  public void ack(Object id) {
    meter.add(System.nanoTime() - (Long) id);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("message"));
  }
}
