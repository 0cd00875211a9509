package acme.tools;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.utils.Utils;
import java.io.ObjectInputStream;
import java.util.Map;

/** Sleeps for ever in whatever process deserializes it. */
final class HangingSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1L;

  private void readObject(ObjectInputStream in) {
    Utils.sleep(Long.MAX_VALUE);
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {}

  @Override
  public void nextTuple() {}

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("nothing"));
  }
}
