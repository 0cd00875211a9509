package acme.transactional;

import backtype.storm.coordination.BatchOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBatchBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.Map;

/** The sum of its share of a batch. */
final class PartSums extends BaseBatchBolt<Object> {
  private static final long serialVersionUID = 1L;

  private BatchOutputCollector collector;
  private Object batch;
  private long sum;

  @Override
  public void prepare(
      final Map conf,
      final TopologyContext context,
      final BatchOutputCollector collector,
      final Object id) {
    this.collector = collector;
    this.batch = id;
  }

  @Override
  public void execute(final Tuple tuple) {
    sum += tuple.getLong(1);
  }

  @Override
  public void finishBatch() {
    collector.emit(new Values(batch, sum));
  }

  @Override
  public void declareOutputFields(final OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("tx", "sum"));
  }
}
