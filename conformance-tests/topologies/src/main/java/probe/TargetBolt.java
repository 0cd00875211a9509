package probe;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Notes what arrives, except on streams whose choice is by chance. */
final class TargetBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient Notes notes;
  private transient OutputCollector collector;
  private transient String who;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    notes = Notes.of(conf);
    this.collector = collector;
    who = context.getThisComponentId() + " " + context.getThisTaskId();
  }

  @Override
  public void execute(Tuple input) {
    String stream = input.getSourceStreamId();
    if (stream.equals("end")) {
      notes.note("ended", who);
    } else if (!GroupingSpout.BY_CHANCE.contains(stream)) {
      notes.note("arrived", stream, who, Show.typed(input.getValue(0)));
    }
    collector.ack(input);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
