package probe;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;

/** An ordinary spout of five numbers, out of which Trident makes batches. */
final class RichSource extends BaseRichSpout {
  private static final long serialVersionUID = 1;
  private static final int NUMBERS = 5;

  private transient Notes notes;
  private transient SpoutOutputCollector collector;
  private transient int emitted;
  private transient int acked;

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector out) {
    notes = Notes.of(conf);
    collector = out;
  }

  @Override
  public void nextTuple() {
    if (emitted < NUMBERS) {
      emitted++;
      collector.emit(new Values(emitted), emitted);
    }
  }

  @Override
  public void ack(Object id) {
    acked++;
    notes.note("rich", "ack", Show.typed(id));
    if (acked == NUMBERS) notes.note("done", "rich");
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("number"));
  }
}
