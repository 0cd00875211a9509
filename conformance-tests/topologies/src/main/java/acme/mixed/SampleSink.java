package acme.mixed;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Notes which task got which value from whom. */
public final class SampleSink extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;
  private transient Rows rows;
  private transient int task;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    rows = new Rows(conf);
    task = context.getThisTaskId();
  }

  @Override
  public void execute(Tuple tuple) {
    String value = Samples.describe(tuple.getValueByField("value"));
    rows.add(tuple.getSourceComponent(), tuple.getLongByField("number"), task, value);
    if (tuple.getLongByField("number") == 0) {
      collector.fail(tuple);
    } else {
      collector.ack(tuple);
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
