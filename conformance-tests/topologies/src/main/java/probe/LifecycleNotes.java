package probe;

import backtype.storm.task.TopologyContext;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** The calls of one executor, numbered, the repeated ones left out. */
final class LifecycleNotes {
  private static final String SHARED = "lifecycle";

  private final Notes notes;
  private final String component;
  private final int index;
  private final Shared shared;
  private final Set<String> noted = new HashSet<>();

  private LifecycleNotes(Notes notes, String component, int index, Shared shared) {
    this.notes = notes;
    this.component = component;
    this.index = index;
    this.shared = shared;
  }

  static LifecycleNotes of(Map conf, TopologyContext context) {
    Shared shared = (Shared) context.getExecutorData(SHARED);
    if (shared == null) {
      shared = new Shared();
      context.setExecutorData(SHARED, shared);
    }
    return new LifecycleNotes(
        Notes.of(conf), context.getThisComponentId(), context.getThisTaskIndex(), shared);
  }

  void call(String name) {
    boolean same = Thread.currentThread() == shared.thread;
    String thread = same ? "the executor's thread" : "another thread";
    notes.note(component, name, "of task " + index, shared.calls.incrementAndGet(), thread);
  }

  /** Until {@link #forget}, only the first call of that name counts. */
  void first(String name) {
    if (noted.add(name)) {
      call(name);
    }
  }

  void forget() {
    noted.clear();
  }

  /** What the tasks of an executor share. */
  private static final class Shared {
    final Thread thread = Thread.currentThread();
    final AtomicInteger calls = new AtomicInteger();
  }
}
