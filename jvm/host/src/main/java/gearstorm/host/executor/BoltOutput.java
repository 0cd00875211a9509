package gearstorm.host.executor;

import gearstorm.host.spi.BoltEmitter;
import gearstorm.host.spi.HookedTask;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import gearstorm.host.spi.TaskCounts;
import gearstorm.host.spi.TupleFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The collector's side of one bolt task. */
final class BoltOutput implements BoltEmitter {
  private static final long NOT_SAMPLED = -1;

  private final HookedTask task;
  private final ExecutorOutput output;
  private final DeclaredStreams streams;
  private final TaskCounters counters;
  private final LongSupplier nanoTime;
  private final Consumer<Throwable> errors;

  // Kept as fields so that an emit allocates nothing but its tuples.
  private final TupleMaker<HostTuple> makeWithAnchor = this::makeWithAnchor;
  private final TupleMaker<List<HostTuple>> makeWithAnchors = this::makeWithAnchors;

  BoltOutput(
      final HookedTask task,
      final ExecutorOutput output,
      final DeclaredStreams streams,
      final TaskCounters counters,
      final LongSupplier nanoTime,
      final Consumer<Throwable> errors) {
    this.task = task;
    this.output = output;
    this.streams = streams;
    this.counters = counters;
    this.nanoTime = nanoTime;
    this.errors = errors;
  }

  @Override
  public List<Integer> emit(
      final String stream, final HostTuple anchor, final List<Object> values) {
    final StreamOutput declared = streams.get(stream);
    return declared == null
        ? emitNowhere(stream, values)
        : output.emit(declared, values, makeWithAnchor, anchor);
  }

  @Override
  public List<Integer> emit(
      final String stream, final List<HostTuple> anchors, final List<Object> values) {
    final StreamOutput declared = streams.get(stream);
    return declared == null
        ? emitNowhere(stream, values)
        : output.emit(declared, values, makeWithAnchors, anchors);
  }

  @Override
  public void emitDirect(
      final int task,
      final String stream,
      final List<HostTuple> anchors,
      final List<Object> values) {
    final StreamOutput declared = streams.get(stream);
    if (declared != null) {
      output.emitDirect(task, declared, values, makeWithAnchors, anchors);
    }
  }

  @Override
  public long ack(final HostTuple tuple) {
    final long latencyNs = latencyNs(tuple);
    output.settle(tuple, false, counters.ackedCounters(), latencyNs);
    return latencyNs;
  }

  @Override
  public long fail(final HostTuple tuple) {
    final long latencyNs = latencyNs(tuple);
    output.settle(tuple, true, counters.failedCounters(), latencyNs);
    return latencyNs;
  }

  @Override
  public TaskCounts counts() {
    return counters;
  }

  @Override
  public void reportError(final Throwable error) {
    errors.accept(error);
  }

  private long latencyNs(final HostTuple tuple) {
    return tuple.stampNs() == 0 ? NOT_SAMPLED : nanoTime.getAsLong() - tuple.stampNs();
  }

  /** Storm lets an emit to an undeclared stream vanish. */
  private List<Integer> emitNowhere(final String stream, final List<Object> values) {
    if (task.listensToEmits()) {
      task.onEmit(stream, values, List.of());
    }
    return new ArrayList<>();
  }

  private HostTuple makeWithAnchors(
      final StreamOutput stream,
      final List<Object> values,
      final int target,
      final List<HostTuple> anchors) {
    return switch (anchors.size()) {
      case 0 -> stream.factory().newTuple(values, target, null);
      case 1 -> makeWithAnchor(stream, values, target, anchors.get(0));
      default -> joined(stream.factory(), values, target, anchors);
    };
  }

  /** The edge counts as the anchor's child only once the tuple exists. */
  private HostTuple makeWithAnchor(
      final StreamOutput stream,
      final List<Object> values,
      final int target,
      final HostTuple anchor) {
    final TupleFactory factory = stream.factory();
    final Roots roots = anchor.roots();
    if (roots == null && anchor.root() == 0) {
      return factory.newTuple(values, target, null);
    }
    final long edge = output.edges().next();
    final HostTuple tuple =
        roots == null
            ? factory.newTuple(values, target, anchor.rootTask(), anchor.root(), edge)
            : factory.newTuple(values, target, RootsJoin.of(roots, edge));
    anchor.addChildEdge(edge);
    countCreated(tuple);
    return tuple;
  }

  private HostTuple joined(
      final TupleFactory factory,
      final List<Object> values,
      final int target,
      final List<HostTuple> anchors) {
    final long[] anchorEdges = new long[anchors.size()];
    for (int index = 0; index < anchorEdges.length; index++) {
      anchorEdges[index] = output.edges().next();
    }
    final HostTuple tuple = RootsJoin.newTuple(factory, values, target, anchors, anchorEdges);
    countCreated(tuple);
    return tuple;
  }

  private void countCreated(final HostTuple tuple) {
    final Roots several = tuple.roots();
    if (several == null) {
      output.trees().created(tuple.rootTask(), tuple.root(), tuple.targetTask());
      return;
    }
    for (int index = 0; index < several.roots().length; index++) {
      output
          .trees()
          .created(several.rootTasks()[index], several.roots()[index], tuple.targetTask());
    }
  }
}
