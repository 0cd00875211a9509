package probe;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

// clause: kryo, java-fallback, local-identity, tuple-source
/** Notes what a value has become; which tasks are in the spout's worker is left to Storm. */
final class KryoBolt extends BaseRichBolt {
  private static final Set<String> NOTED = new HashSet<>();
  private static final long serialVersionUID = 1;

  private transient Notes notes;
  private transient String who;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    notes = Notes.of(conf);
    who = context.getThisComponentId() + " " + context.getThisTaskId();
  }

  @Override
  public void execute(Tuple input) {
    int number = input.getIntegerByField("number");
    if (number < 0) {
      notes.note("ended", who);
      return;
    }
    boolean local = input.getString(0).equals(KryoSpout.JVM);
    Object value = input.getValueByField("value");
    once(local ? "same worker" : "another worker", number, value, local);
  }

  private void once(String where, int number, Object value, boolean local) {
    String emitted = Show.typed(KryoSpout.EMITTED.get(number));
    String identity = local && value != KryoSpout.EMITTED.get(number) ? "another object" : "";
    synchronized (NOTED) {
      if (NOTED.add(where + number + identity)) {
        notes.note(where, number, emitted, Show.typed(value), identity);
      }
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
