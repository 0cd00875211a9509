package gearstorm.host.executor;

import gearstorm.host.flow.Bell;
import gearstorm.host.flow.Cursor;
import gearstorm.host.flow.Gate;
import gearstorm.host.progress.EdgeIds;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.TaskCounts.QueueState;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Everything that leaves one executor: tuples to other tasks, deltas to spouts. Usable from any
 * thread; the executor's own thread pays no atomics until another one comes.
 */
final class ExecutorOutput {
  // Foreign threads wait while more than this waits for room.
  private static final int FOREIGN_BACKLOG_TUPLES_MAX = 4096;
  private static final long FOREIGN_BACKLOG_BYTES_MAX = 4 << 20;

  private static final long ROOM_POLL_NS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Gate gate;
  private final Bell bell;
  private final Life life;
  private final TaskDirectory directory;
  private final Lane[] lanes;

  /** Whether any lane leads out of this process. */
  private final boolean encodes;

  private final Backlog backlog = new Backlog();
  private final ProgressWays progress;
  private final TreeWays trees;
  private final EdgeIds edges;
  private final Payloads payloads;
  private final SizeEstimate sizes = new SizeEstimate();
  private final Taps taps;
  private final DebtKeeper debts;
  private final Runnable wakeForRoom;

  // Of the owner thread.
  private final Cursor loops = new Cursor();
  private final Emission ownEmission = new Emission();

  /** What an executor's output is connected to. */
  record Connections(
      Gate gate,
      Bell bell,
      Life life,
      TaskDirectory directory,
      Lane[] lanes,
      ProgressWays progress,
      TreeWays trees,
      EdgeIds edges,
      Payloads payloads,
      Taps taps,
      DebtKeeper debts) {}

  ExecutorOutput(final Connections connections) {
    gate = connections.gate;
    bell = connections.bell;
    life = connections.life;
    directory = connections.directory;
    lanes = connections.lanes;
    encodes = Arrays.stream(lanes).anyMatch(lane -> lane != null && lane.encoding() != null);
    progress = connections.progress;
    trees = connections.trees;
    edges = connections.edges;
    payloads = connections.payloads;
    taps = connections.taps;
    debts = connections.debts;
    wakeForRoom = bell::onRoom;
  }

  /** Inside a {@link TupleMaker} only. */
  EdgeIds edges() {
    return edges;
  }

  /** Hears of the tuples of followed trees. */
  TreeWays trees() {
    return trees;
  }

  /** Emits to every subscriber; the tasks that got the tuple, in order. */
  <A> List<Integer> emit(
      final StreamOutput stream,
      final List<Object> values,
      final TupleMaker<A> maker,
      final A anchor) {
    if (stream.goesToOneHere() && !stream.hasListener()) {
      return emitToOne(stream, values, maker, anchor);
    }
    final Emission emission = begin(stream, values);
    try {
      final boolean listened = stream.hasListener();
      final boolean chooseOutside =
          listened || stream.routingCallsUserCode() || stream.mayLeaveWorker();
      if (chooseOutside) {
        stream.chooseOutside(gate, values, emission.targets());
      }
      if (listened) {
        stream.tellListener(values, emission.ids(directory));
      }
      weigh(emission, values);
      gate.enter();
      try {
        if (!chooseOutside) {
          stream.choose(values, emission.targets());
        }
        maker.make(emission, stream, values, anchor);
        publish(stream, emission);
      } finally {
        leave();
      }
      return emission.ids(directory);
    } finally {
      emission.end();
    }
  }

  /** The usual case of {@link #emit}: one target, in this process. */
  private <A> List<Integer> emitToOne(
      final StreamOutput stream,
      final List<Object> values,
      final TupleMaker<A> maker,
      final A anchor) {
    beforeEmit(stream, values);
    final int kibibytes = sizes.kibibytes(values);
    final boolean chooseOutside = stream.routingCallsUserCode();
    int target = chooseOutside ? stream.chooseOne(values) : 0;
    gate.enter();
    try {
      if (!chooseOutside) {
        target = stream.chooseOne(values);
      }
      final HostTuple tuple = maker.makeOne(stream, values, target, anchor);
      if (kibibytes != 0) {
        tuple.kibibytes(kibibytes);
      }
      stream.counters().onEmit(stream.info().number(), 1);
      publish(lanes[target], tuple, kibibytes, null);
    } finally {
      leave();
    }
    return new TargetTask(directory.idOf(target));
  }

  /** Emits to one task, if it subscribes. */
  <A> void emitDirect(
      final int task,
      final StreamOutput stream,
      final List<Object> values,
      final TupleMaker<A> maker,
      final A anchor) {
    final Emission emission = begin(stream, values);
    try {
      stream.chooseDirect(task, emission.targets());
      if (stream.hasListener()) {
        stream.tellListener(
            values,
            emission.size() == 0 ? Collections.singletonList(null) : emission.ids(directory));
      }
      weigh(emission, values);
      gate.enter();
      try {
        maker.make(emission, stream, values, anchor);
        publish(stream, emission);
      } finally {
        leave();
      }
    } finally {
      emission.end();
    }
  }

  /**
   * Acks or fails a tuple towards the spouts of its trees and counts it.
   *
   * @param latencyNs negative when the tuple is not sampled
   */
  void settle(
      final HostTuple tuple,
      final boolean failed,
      final InputCounters counted,
      final long latencyNs) {
    gate.enter();
    try {
      if (failed) {
        progress.fail(tuple);
      } else if (gate.isOwner()) {
        progress.ackInTurn(tuple);
      } else {
        progress.ack(tuple);
      }
      if (latencyNs < 0) {
        counted.add(tuple.sourceTask(), tuple.streamNumber());
      } else {
        counted.addSampled(tuple.sourceTask(), tuple.streamNumber(), latencyNs);
      }
    } finally {
      leave();
    }
  }

  /** The owner begins another loop: it is not inside user code. */
  void onLoop() {
    loops.set(loops.own() + 1);
  }

  /**
   * The owner is about to execute a tuple.
   *
   * @param next the tuple that it will take after that one; null when there is none, or it is not
   *     known
   */
  void turnTo(final HostTuple next) {
    if (progress.turnTo(next)) {
      releaseHeld();
    }
  }

  /** The owner takes nothing more for now. */
  void endTurns() {
    progress.turnTo(null);
    releaseHeld();
  }

  private void releaseHeld() {
    gate.enter();
    try {
      progress.releaseHeld();
    } finally {
      leave();
    }
  }

  /** Does not change while the owner is in one call of user code. */
  long loops() {
    return loops.seen();
  }

  /** The thread that runs the executor. */
  Thread owner() {
    return gate.owner();
  }

  /** Whether the owner sleeps between two loops, by itself and not for long. Any thread. */
  boolean ownerRests() {
    return LockSupport.getBlocker(gate.owner()) == bell;
  }

  /** While true the executor takes no new input. */
  boolean stopsInput() {
    return backlog.stopsInput();
  }

  /** Whether something waits for room on its way out. */
  boolean hasDebts() {
    return !backlog.isEmpty() || progress.owing();
  }

  /** Offers again what waits; whether a tuple moved. */
  boolean flush() {
    gate.enter();
    try {
      if (progress.owing()) {
        progress.flush();
      }
      return !backlog.isEmpty() && backlog.flush();
    } finally {
      gate.exit();
    }
  }

  /** Any thread; the capacity is what foreign threads may leave waiting. */
  QueueState sending(final CountSums counts) {
    final long sent = counts.transferred();
    return new QueueState(FOREIGN_BACKLOG_TUPLES_MAX, sent, sent - backlog.waitingTuples());
  }

  /** Asks the targets that are full to wake this executor. */
  void requestRoom() {
    gate.enter();
    try {
      backlog.requestRoom(wakeForRoom);
    } finally {
      gate.exit();
    }
  }

  private void beforeEmit(final StreamOutput stream, final List<Object> values) {
    if (!gate.isOwner()) {
      awaitRoom();
    }
    // Before the receivers can change what the values refer to.
    taps.onEmit(stream.sourceTask(), stream.info().id(), values);
  }

  private Emission begin(final StreamOutput stream, final List<Object> values) {
    beforeEmit(stream, values);
    final Emission emission = gate.isOwner() && !ownEmission.inUse() ? ownEmission : new Emission();
    emission.begin();
    return emission;
  }

  /**
   * Outside the gate, since both may run user code: how much the values hold, and their bytes when
   * a target that is known by now is in another worker.
   */
  private void weigh(final Emission emission, final List<Object> values) {
    emission.kibibytes(sizes.kibibytes(values));
    for (int index = 0; encodes && index < emission.size(); index++) {
      final Lane lane = laneTo(emission.target(index));
      final Encoding encoding = lane == null ? null : lane.encoding();
      if (encoding != null && emission.payload(encoding) == null) {
        emission.payload(encoding, payloads.encode(encoding, values));
      }
    }
  }

  private void publish(final StreamOutput stream, final Emission emission) {
    stream.counters().onEmit(stream.info().number(), emission.size());
    for (int index = 0; index < emission.size(); index++) {
      final Lane lane = laneTo(emission.target(index));
      if (lane != null) {
        final HostTuple tuple = emission.tuple(index);
        if (emission.kibibytes() != 0) {
          tuple.kibibytes(emission.kibibytes());
        }
        final Encoding encoding = lane.encoding();
        final byte[] payload = encoding == null ? null : emission.payload(encoding);
        publish(lane, tuple, emission.kibibytes(), payload);
      }
    }
  }

  private void publish(
      final Lane lane, final HostTuple tuple, final int kibibytes, final byte[] payload) {
    if (lane.offer(tuple, kibibytes, payload)) {
      lane.signal();
    } else {
      hold(lane, new Lane.Waiting(tuple, payload));
    }
  }

  /** Once the worker stops nobody makes room any more, and what has none is lost with the rest. */
  private void hold(final Lane lane, final Lane.Waiting tuple) {
    if (!life.stopping()) {
      backlog.hold(lane, tuple);
    }
  }

  /** Null when no bolt has the task, which only a custom grouping chooses. */
  private Lane laneTo(final int task) {
    return task >= 0 && task < lanes.length ? lanes[task] : null;
  }

  /** Leaves the gate; also after a failure inside: what waits is owed. */
  private void leave() {
    gate.exit();
    handOverDebts();
  }

  /**
   * The owner sends what is left behind when user code returns; if another thread left it, the
   * owner may sleep without a deadline and must be woken.
   */
  private void handOverDebts() {
    if (hasDebts()) {
      debts.watch(this);
      if (!gate.isOwner()) {
        bell.wake();
      }
    }
  }

  /**
   * Holds a foreign thread back while too much waits. It sends what it can by itself, because the
   * owner may be blocked in user code that waits for this very thread.
   */
  private void awaitRoom() {
    boolean interrupted = false;
    while (backlog.exceeds(FOREIGN_BACKLOG_TUPLES_MAX, FOREIGN_BACKLOG_BYTES_MAX)
        && !life.stopping()) {
      if (!flush()) {
        // A pending interrupt would make every park return at once; it is kept for user code.
        interrupted |= Thread.interrupted();
        LockSupport.parkNanos(this, ROOM_POLL_NS);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
