package acme.drpc;

import backtype.storm.coordination.BatchOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBatchBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.Map;
import java.util.TreeSet;

/**
 * When all letters of a request have come to this task, tells the different ones in their order.
 */
public final class DistinctBolt extends BaseBatchBolt<Object> {
  private static final long serialVersionUID = 1;

  private transient BatchOutputCollector collector;
  private transient Object request;
  private transient TreeSet<String> letters;

  @Override
  public void prepare(
      Map conf, TopologyContext context, BatchOutputCollector collector, Object request) {
    this.collector = collector;
    this.request = request;
    this.letters = new TreeSet<>();
  }

  @Override
  public void execute(Tuple tuple) {
    letters.add(tuple.getString(1));
  }

  @Override
  public void finishBatch() {
    collector.emit(new Values(request, String.join("", letters)));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("id", "letters"));
  }
}
