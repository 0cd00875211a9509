package acme.mixed;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.List;
import java.util.Map;

/** Emits each sample once and tells of its end. */
public final class SampleSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;

  private transient SpoutOutputCollector collector;
  private transient Rows rows;
  private transient List<Object> samples;
  private transient int next;

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    this.collector = collector;
    rows = new Rows(conf);
    samples = Samples.all();
  }

  @Override
  public void nextTuple() {
    if (next < samples.size()) {
      rows.add("sent", next, Samples.describe(samples.get(next)));
      collector.emit(new Values((long) next, samples.get(next)), next);
      next++;
    }
  }

  @Override
  public void ack(Object id) {
    rows.add("acked", id);
  }

  @Override
  public void fail(Object id) {
    rows.add("failed", id);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("number", "value"));
  }
}
