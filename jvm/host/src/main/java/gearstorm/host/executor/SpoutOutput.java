package gearstorm.host.executor;

import gearstorm.host.progress.PendingTable;
import gearstorm.host.progress.RootId;
import gearstorm.host.spi.HookedTask;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.SpoutEmitter;
import gearstorm.host.spi.TaskCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The collector's side of one spout task; on the executor's thread only. */
final class SpoutOutput implements SpoutEmitter {
  /** Stands for a stream that the component does not declare; never counted. */
  private static final int UNDECLARED = Integer.MAX_VALUE;

  private final int task;
  private final HookedTask listener;
  private final ExecutorOutput output;
  private final DeclaredStreams streams;
  private final SpoutProgress progress;
  private final TaskCounts counts;
  private final Consumer<Throwable> errors;

  // Kept as fields so that an emit allocates nothing but its tuples.
  private final TupleMaker<Object> makeTracked = new TrackedMaker();
  private final TupleMaker<Object> makeUntracked = SpoutOutput::makeUntracked;

  SpoutOutput(
      final int task,
      final HookedTask listener,
      final ExecutorOutput output,
      final DeclaredStreams streams,
      final SpoutProgress progress,
      final TaskCounts counts,
      final Consumer<Throwable> errors) {
    this.task = task;
    this.listener = listener;
    this.output = output;
    this.streams = streams;
    this.progress = progress;
    this.counts = counts;
    this.errors = errors;
  }

  @Override
  public List<Integer> emit(
      final String stream, final List<Object> values, final Object messageId) {
    progress.onEmit();
    final StreamOutput declared = streams.get(stream);
    if (declared == null) {
      emitNowhere(stream, values, messageId);
      return new ArrayList<>();
    }
    final List<Integer> targets = output.emit(declared, values, maker(messageId), messageId);
    ackIfUntracked(declared.info().number(), messageId);
    return targets;
  }

  @Override
  public void emitDirect(
      final int target, final String stream, final List<Object> values, final Object messageId) {
    progress.onEmit();
    final StreamOutput declared = streams.get(stream);
    if (declared == null) {
      emitNowhere(stream, values, messageId);
      return;
    }
    output.emitDirect(target, declared, values, maker(messageId), messageId);
    ackIfUntracked(declared.info().number(), messageId);
  }

  @Override
  public TaskCounts counts() {
    return counts;
  }

  @Override
  public void reportError(final Throwable error) {
    errors.accept(error);
  }

  private TupleMaker<Object> maker(final Object messageId) {
    return messageId != null && progress.tracks() ? makeTracked : makeUntracked;
  }

  /** A tuple that goes nowhere still takes the ack path: ack is never called inside this emit. */
  private void emitNowhere(final String stream, final List<Object> values, final Object messageId) {
    if (listener.listensToEmits()) {
      listener.onEmit(stream, values, List.of());
    }
    if (messageId != null && progress.tracks()) {
      final PendingTable pending = progress.pending();
      pending.put(pending.nextRoot(), 0, 0, task, UNDECLARED, messageId, progress.stampNs());
    } else {
      ackIfUntracked(UNDECLARED, messageId);
    }
  }

  /** Without ackers Storm acks inside emit. */
  private void ackIfUntracked(final int stream, final Object messageId) {
    if (messageId != null && !progress.tracks()) {
      progress.completeInEmit(task, stream, messageId);
    }
  }

  private static HostTuple makeUntracked(
      final StreamOutput stream,
      final List<Object> values,
      final int target,
      final Object messageId) {
    return stream.factory().newTuple(values, target, null);
  }

  /** All tuples of one emit belong to one tree. */
  private final class TrackedMaker implements TupleMaker<Object> {
    @Override
    public HostTuple makeOne(
        final StreamOutput stream,
        final List<Object> values,
        final int target,
        final Object messageId) {
      final long root = progress.nextRoot();
      final long edge = output.edges().next();
      final HostTuple tuple = stream.factory().newTuple(values, target, task, root, edge);
      if (RootId.isFollowed(root)) {
        progress.follow(root);
        output.trees().created(task, root, target);
      }
      register(stream, root, edge, 1, messageId);
      return tuple;
    }

    @Override
    public void make(
        final Emission emission,
        final StreamOutput stream,
        final List<Object> values,
        final Object messageId) {
      final long root = progress.nextRoot();
      long xor = 0;
      for (int index = 0; index < emission.size(); index++) {
        final long edge = output.edges().next();
        xor ^= edge;
        final int target = emission.target(index);
        emission.tuple(index, stream.factory().newTuple(values, target, task, root, edge));
      }
      if (RootId.isFollowed(root)) {
        follow(emission, root);
      }
      register(stream, root, xor, emission.size(), messageId);
    }

    private void register(
        final StreamOutput stream,
        final long root,
        final long xor,
        final int tuples,
        final Object messageId) {
      final int number = stream.info().number();
      progress.pending().put(root, xor, tuples, task, number, messageId, progress.stampNs());
    }

    private void follow(final Emission emission, final long root) {
      progress.follow(root);
      for (int index = 0; index < emission.size(); index++) {
        output.trees().created(task, root, emission.target(index));
      }
    }
  }
}
