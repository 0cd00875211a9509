package acme.flow;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Never acks one number in so many. */
final class ForgetfulBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1L;

  private final long every;
  private OutputCollector collector;

  ForgetfulBolt(long every) {
    this.every = every;
  }

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
  }

  @Override
  public void execute(Tuple input) {
    if (input.getLong(0) % every != 0) {
      collector.ack(input);
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
