package probe;

import backtype.storm.metric.api.AssignableMetric;
import backtype.storm.metric.api.CountMetric;
import backtype.storm.metric.api.IMetric;
import backtype.storm.metric.api.MeanReducer;
import backtype.storm.metric.api.MultiCountMetric;
import backtype.storm.metric.api.ReducedMetric;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.Arrays;
import java.util.Map;

// clause: ticks, metric-registration
/** Tries every way to register a metric, and looks at its first tick. */
final class ObserverBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient Notes notes;
  private transient OutputCollector collector;
  private transient TopologyContext context;
  private transient String who;
  private transient boolean ticked;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    notes = Notes.of(conf);
    this.collector = collector;
    this.context = context;
    who = "bolt " + context.getThisTaskIndex();
    CountMetric count = new CountMetric();
    context.registerMetric("count", count, 1);
    count.incrBy(3);
    MultiCountMetric counts = new MultiCountMetric();
    context.registerMetric("counts", counts, 1);
    counts.scope("a").incr();
    counts.scope("b").incr();
    ReducedMetric mean = new ReducedMetric(new MeanReducer());
    context.registerMetric("mean", mean, 1);
    mean.update(4);
    context.registerMetric("assigned", new AssignableMetric(Arrays.asList(1, "x")), 1);
    context.registerMetric("slow", new CountMetric(), 3600);
    register("count", 1);
    register("count", 2);
    register("at no interval", 0);
    register("at a negative interval", -1);
    register("__emit-count", 1);
    register("", 1);
  }

  private void register(String name, int secs) {
    IMetric metric = new CountMetric();
    notes.attempt(
        who,
        "register " + name + " each " + secs,
        () -> context.registerMetric(name, metric, secs) == metric);
  }

  @Override
  public void execute(Tuple input) {
    if (input.getSourceComponent().equals("__system")) {
      tick(input);
      return;
    }
    switch (input.getString(0)) {
      case "fail":
        collector.fail(input);
        return;
      case "emit":
        collector.emit(input, new Values("child"));
        break;
      default:
        break;
    }
    collector.ack(input);
  }

  private void tick(Tuple tick) {
    if (ticked) {
      return;
    }
    ticked = true;
    notes.note(
        who, "tick", tick.getSourceStreamId(), tick.getSourceTask(), tick.getFields().toList());
    notes.note(who, "tick", Show.typed(tick.getValues()), tick.getMessageId().getAnchors());
    notes.note(who, "tick", tick.getSourceGlobalStreamid());
    register("after prepare", 1);
    notes.attempt(who, "ack a tick", () -> ack(tick));
  }

  private Object ack(Tuple tick) {
    collector.ack(tick);
    return "done";
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("v"));
  }
}
