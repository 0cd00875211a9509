package probe;

import backtype.storm.generated.GlobalStreamId;
import backtype.storm.generated.Grouping;
import backtype.storm.task.TopologyContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

// clause: context-topology, context-places, context-data, context-json, max-timeout, task-ids

// clause: component-conf, conf-json, conf-layers
/** Everything that a task can ask its context in open and prepare. */
final class ContextNotes {
  private static final List<String> COMPONENTS =
      Arrays.asList("Zeta", "alpha", "beta", "Beta_2", "0", "__acker", "__system", "nobody");

  private final Notes notes;
  private final TopologyContext context;
  private final String who;

  private ContextNotes(Notes notes, TopologyContext context) {
    this.notes = notes;
    this.context = context;
    this.who = context.getThisComponentId() + " " + context.getThisTaskId();
  }

  /** Ends with one line that says "opened". */
  static void note(Map conf, TopologyContext context) {
    Notes notes = Notes.of(conf);
    ContextNotes all = new ContextNotes(notes, context);
    all.noteTask();
    all.noteData();
    all.notePlaces();
    if (context.getThisTaskIndex() == 0) {
      all.noteNeighbours();
      if (context.getThisComponentId().equals("alpha")) {
        all.noteTopology();
      }
      notes.note("conf", context.getThisComponentId(), conf.getClass().getName());
      ContextProbe.noteConf(notes, "conf " + context.getThisComponentId(), conf);
    }
    notes.note("opened", all.who);
  }

  private void noteTask() {
    notes.note("task", who, "index", context.getThisTaskIndex());
    notes.attempt("task", who + " toJSONString", () -> Show.JSON + context.toJSONString());
    notes.attempt("task", who + " worker port", () -> context.getThisWorkerPort().getClass());
    notes.attempt("task", who + " worker tasks", () -> sorted(context.getThisWorkerTasks()));
    notes.attempt("task", who + " timeout", context::maxTopologyMessageTimeout);
    Thread thread = Thread.currentThread();
    boolean named = thread.getName().matches("Thread-\\d+-" + context.getThisComponentId() + ".*");
    notes.note("task", who, "thread is named after its component", named);
    boolean same = thread.getContextClassLoader() == ClassLoader.getSystemClassLoader();
    notes.note("task", who, "context class loader is the system's", same);
    notes.note("task", who, "daemon thread", thread.isDaemon());
  }

  /** Paths are noted by what exists there and by their last names. */
  private void notePlaces() {
    notes.attempt("places", who + " codeDir", () -> place(context.getCodeDir(), 1));
    notes.attempt("places", who + " pidDir", () -> place(context.getPIDDir(), 1));
    boolean named = context.getStormId().matches("probe-context.*-\\d+-\\d{10}");
    notes.note("places", who, "stormId is NAME-NUMBER-SECONDS", named);
  }

  private static String place(String path, int names) {
    Path there = Paths.get(path);
    int count = there.getNameCount();
    String exists = Files.exists(there) ? "exists" : "does not exist";
    return there.subpath(count - names, count) + (there.isAbsolute() ? " absolute " : " ") + exists;
  }

  private void noteData() {
    notes.attempt("data", who + " task data before", () -> context.getTaskData("key"));
    context.setTaskData("key", who);
    notes.attempt("data", who + " task data", () -> context.getTaskData("key"));
    // tasks of an executor are opened in order: the first finds nothing
    notes.attempt("data", who + " executor data", () -> context.getExecutorData("first"));
    if (context.getExecutorData("first") == null) {
      context.setExecutorData("first", who);
    }
    notes.attempt("data", who + " resource", () -> context.getResource("nothing"));
    notes.attempt("data", who + " hooks", () -> context.getHooks().size());
    notes.attempt(
        "data", who + " shared executor", () -> context.getSharedExecutor().submit(() -> 5).get());
  }

  private void noteNeighbours() {
    String component = context.getThisComponentId();
    notes.attempt("this", component + " streams", () -> new TreeSet<>(context.getThisStreams()));
    notes.attempt("this", component + " noted", this::noteStreams);
  }

  private String noteStreams() {
    String component = context.getThisComponentId();
    for (String stream : context.getThisStreams()) {
      notes.note("this", component, "fields", stream, context.getThisOutputFields(stream).toList());
    }
    noteSources("this", component, context.getThisSources());
    noteTargets("this", component, context.getThisTargets());
    return "all";
  }

  private void noteSources(String topic, String who, Map<GlobalStreamId, Grouping> sources) {
    sources.forEach(
        (id, grouping) ->
            notes.note(
                topic,
                who,
                "source",
                id.get_componentId() + " " + id.get_streamId(),
                grouping.getSetField(),
                grouping.is_set_fields() ? grouping.get_fields() : ""));
  }

  private void noteTargets(String topic, String who, Map<String, Map<String, Grouping>> targets) {
    targets.forEach(
        (stream, byComponent) ->
            byComponent.forEach(
                (component, grouping) ->
                    notes.note(topic, who, "target", stream, component, grouping.getSetField())));
  }

  private void noteTopology() {
    String asked = "asked";
    notes.attempt(asked, "component ids", () -> new TreeSet<>(context.getComponentIds()));
    notes.attempt(asked, "tasks", () -> context.getTaskToComponent());
    notes.attempt(
        asked, "raw spouts", () -> new TreeSet<>(context.getRawTopology().get_spouts().keySet()));
    notes.attempt(
        asked, "raw bolts", () -> new TreeSet<>(context.getRawTopology().get_bolts().keySet()));
    for (int task : new int[] {-1, 0, 1, 999}) {
      notes.attempt(asked, "component of " + task, () -> context.getComponentId(task));
    }
    COMPONENTS.forEach(component -> noteComponent(asked, component));
  }

  private void noteComponent(String asked, String component) {
    String of = " of " + component;
    notes.attempt(asked, "tasks" + of, () -> context.getComponentTasks(component));
    notes.attempt(
        asked, "streams" + of, () -> new TreeSet<>(context.getComponentStreams(component)));
    notes.attempt(
        asked,
        "fields" + of,
        () -> context.getComponentOutputFields(component, "default").toList());
    notes.attempt(
        asked,
        "fields of no stream" + of,
        () -> context.getComponentOutputFields(component, "nothing"));
    notes.attempt(
        asked,
        "conf" + of,
        () -> Show.JSON + context.getComponentCommon(component).get_json_conf());
    notes.attempt(asked, "sources" + of, () -> context.getSources(component).size());
    notes.attempt(
        asked, "targets" + of, () -> new TreeMap<>(context.getTargets(component)).keySet());
  }

  private static List<Integer> sorted(List<Integer> tasks) {
    Integer[] sorted = tasks.toArray(new Integer[0]);
    Arrays.sort(sorted);
    return Arrays.asList(sorted);
  }
}
