package probe;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import backtype.storm.utils.Utils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

// clause: emit-returns, fields-hash, global, all, none, shuffle, local-or-shuffle, direct-emit

// clause: direct-unsubscribed, undeclared-stream, arity, emit-list
/** Emits once on every stream what can be emitted there, and notes what emit returns. */
final class GroupingSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;

  static final Set<String> BY_CHANCE =
      Collections.unmodifiableSet(new HashSet<>(Arrays.asList("none", "shuffle", "local")));

  private transient Notes notes;
  private transient SpoutOutputCollector collector;
  private transient TopologyContext context;
  private transient boolean done;

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    for (String stream : Arrays.asList("one", "empty", "global", "all", "none", "shuffle")) {
      declarer.declareStream(stream, new Fields("v"));
    }
    for (String stream : Arrays.asList("local", "plain", "undirected", "custom", "named")) {
      declarer.declareStream(stream, new Fields("v"));
    }
    for (String stream : Arrays.asList("several", "zero", "nobody", "end")) {
      declarer.declareStream(stream, new Fields("v"));
    }
    declarer.declareStream("two", new Fields("a", "b", "c"));
    declarer.declareStream("direct", true, new Fields("v"));
    declarer.declareStream("several-direct", true, new Fields("v"));
    declarer.declareStream("direct-nobody", true, new Fields("v"));
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    notes = Notes.of(conf);
    this.context = context;
    this.collector = collector;
  }

  @Override
  public void nextTuple() {
    if (done) {
      Utils.sleep(50);
      return;
    }
    done = true;
    byFields();
    fixed();
    byChance();
    direct();
    custom();
    special();
    emit("end", "end");
  }

  private void byFields() {
    SampleValues.all().forEach(value -> emit("one", value));
    Object[] parts = {"a", 1, 2L, null, true, Arrays.asList("x", 2)};
    for (Object a : parts) {
      for (Object c : parts) {
        emit("two", a, "ignored", c);
      }
    }
    emit("empty", "first");
    emit("empty", 2);
  }

  private void fixed() {
    emit("global", "v");
    emit("all", "v");
    emit("several", "v");
    emit("zero", "v");
    emit("nobody", "v");
  }

  private void byChance() {
    for (String stream : Arrays.asList("shuffle", "local")) {
      for (int cycle = 0; cycle < 4; cycle++) {
        Set<Integer> chosen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
          chosen.addAll(collector.emit(stream, new Values(i)));
        }
        notes.note("cycle", stream, Show.plain(chosen));
      }
    }
    Set<Integer> chosen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      chosen.addAll(collector.emit("none", new Values(i)));
    }
    notes.note("cycle", "none", Show.plain(chosen));
  }

  private void direct() {
    int first = context.getComponentTasks("direct").get(0);
    int other = context.getComponentTasks("global").get(0);
    emit("direct", "not directly");
    emit("several-direct", "not directly");
    emit("direct-nobody", "not directly");
    emit("undirected", "not directly, onto a stream that was not declared direct");
    for (String stream :
        Arrays.asList("direct", "undirected", "plain", "direct-nobody", "nobody", "undeclared")) {
      emitDirect(first, stream, "directly");
      emitDirect(other, stream, "to a task that does not listen");
      emitDirect(9999, stream, "to no task");
      emitDirect(-1, stream, "to the system's task");
    }
    emitDirect(first + 1, "direct", 1, 2);
  }

  private void custom() {
    for (String stream : Arrays.asList("custom", "named")) {
      emit(stream, "default");
      emit(stream, "none");
      emit(stream, "throws");
    }
    for (String choice :
        Arrays.asList("last two", "backwards", "twice", "another component's", "asked by")) {
      emit("custom", choice);
    }
  }

  private void special() {
    emit("undeclared", "v");
    emit("undeclared");
    emit("one");
    emit("one", 1, 2);
    emit("nobody", 1, 2);
    emit("several");
    notes.attempt(
        "emit",
        "a list that can be changed",
        () -> collector.emit("global", new Values("v")).add(1));
    notes.attempt("emit", "no list", () -> tasks(collector.emit("one", null)));
    notes.attempt("emit", "no stream", () -> tasks(collector.emit((String) null, new Values("v"))));
    notes.attempt("emit", "the default stream", () -> tasks(collector.emit(new Values("v"))));
    notes.attempt(
        "emit",
        "values that cannot be changed",
        () -> tasks(collector.emit("global", Collections.<Object>singletonList("v"))));
  }

  private static String tasks(List<Integer> returned) {
    return Show.plain(returned);
  }

  private void emit(String stream, Object... values) {
    List<Object> tuple = new ArrayList<>(Arrays.asList(values));
    notes.attempt(
        "emit", stream + " " + Show.typed(tuple), () -> tasks(collector.emit(stream, tuple)));
  }

  private void emitDirect(int task, String stream, Object... values) {
    Notes.Step step =
        () -> {
          collector.emitDirect(task, stream, Arrays.asList(values));
          return "returned";
        };
    notes.attempt(
        "emitDirect", stream + " " + task + " " + Show.plain(Arrays.asList(values)), step);
  }
}
