package gearstorm.host.executor;

import gearstorm.host.flow.Gate;
import gearstorm.host.routing.Grouper;
import gearstorm.host.routing.SingleGrouper;
import gearstorm.host.routing.TaskSelection;
import gearstorm.host.spi.HookedTask;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.TupleFactory;
import java.util.List;

/** One declared stream as one task emits it. */
final class StreamOutput {
  private final StreamInfo info;
  private final int sourceTask;
  private final TupleFactory factory;
  private final Subscriptions subscriptions;
  private final Grouper[] groupers;

  /** The only subscriber's, if each tuple goes to one task of this worker; null otherwise. */
  private final SingleGrouper single;

  private final HookedTask listener;
  private final TaskCounters counters;

  /**
   * @param subscriptions shared by the tasks of the executor
   * @param listener the task itself
   * @param counters of the task
   */
  StreamOutput(
      final StreamInfo info,
      final int sourceTask,
      final TupleFactory factory,
      final Subscriptions subscriptions,
      final HookedTask listener,
      final TaskCounters counters) {
    this.info = info;
    this.sourceTask = sourceTask;
    this.factory = factory;
    this.subscriptions = subscriptions;
    groupers = subscriptions.groupers().toArray(new Grouper[0]);
    single = singleOf(subscriptions);
    this.listener = listener;
    this.counters = counters;
  }

  StreamInfo info() {
    return info;
  }

  int sourceTask() {
    return sourceTask;
  }

  TupleFactory factory() {
    return factory;
  }

  /** Written inside the gate. */
  TaskCounters counters() {
    return counters;
  }

  boolean hasListener() {
    return listener.listensToEmits();
  }

  /** Outside the gate: runs user code. */
  void tellListener(final List<Object> values, final List<Integer> targets) {
    listener.onEmit(info.id(), values, targets);
  }

  boolean routingCallsUserCode() {
    return subscriptions.callUserCode();
  }

  /** Whether its tuples may have to be encoded, which calls user code. */
  boolean mayLeaveWorker() {
    return subscriptions.leaveWorker();
  }

  /** Whether {@link #chooseOne} does for {@link #choose}: each tuple goes to one task here. */
  boolean goesToOneHere() {
    return single != null;
  }

  /** Inside the gate, when routing calls no user code; outside it otherwise. */
  int chooseOne(final List<Object> values) {
    return single.chooseOne(sourceTask, values);
  }

  /** Inside the gate, when routing calls no user code. */
  void choose(final List<Object> values, final TaskSelection into) {
    for (final Grouper grouper : groupers) {
      grouper.choose(sourceTask, values, into);
    }
  }

  /** Outside the gate, which only the groupers with a state of their own enter. */
  void chooseOutside(final Gate gate, final List<Object> values, final TaskSelection into) {
    for (final Grouper grouper : groupers) {
      if (grouper.callsUserCode()) {
        grouper.choose(sourceTask, values, into);
      } else {
        gate.enter();
        try {
          grouper.choose(sourceTask, values, into);
        } finally {
          gate.exit();
        }
      }
    }
  }

  /**
   * Adds the task of an emitDirect; nothing when its component does not subscribe.
   *
   * @throws IllegalArgumentException when it subscribes with another grouping
   */
  void chooseDirect(final int task, final TaskSelection into) {
    final Boolean direct = subscriptions.directByTask().get(task);
    if (direct == null) {
      return;
    }
    if (!direct) {
      throw new IllegalArgumentException(
          "task " + task + " does not subscribe to " + info.id() + " with a direct grouping");
    }
    into.add(task);
  }

  private static SingleGrouper singleOf(final Subscriptions subscriptions) {
    final List<Grouper> groupers = subscriptions.groupers();
    final boolean one = groupers.size() == 1 && !subscriptions.leaveWorker();
    return one && groupers.get(0) instanceof SingleGrouper only ? only : null;
  }
}
