package probe;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

// clause: one-thread
/** Notes its calls. */
final class LifecycleBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient LifecycleNotes notes;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    notes = LifecycleNotes.of(conf, context);
    notes.call("prepare");
  }

  @Override
  public void execute(Tuple input) {
    notes.first("execute");
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
