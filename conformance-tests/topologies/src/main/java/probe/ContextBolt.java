package probe;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Notes what prepare is given. */
final class ContextBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declareStream("straight", true, new Fields("f"));
  }

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    ContextNotes.note(conf, context);
  }

  @Override
  public void execute(Tuple input) {}
}
