package probe;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.utils.Utils;
import java.util.Map;

/** Notes what open is given. */
final class ContextSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("a", "b"));
    declarer.declareStream("side", new Fields("c", "d"));
    declarer.declareStream("straight", true, new Fields("e"));
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    ContextNotes.note(conf, context);
  }

  @Override
  public void nextTuple() {
    Utils.sleep(100);
  }
}
