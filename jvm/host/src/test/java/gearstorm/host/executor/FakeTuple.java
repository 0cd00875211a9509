package gearstorm.host.executor;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import gearstorm.host.spi.StreamInfo;
import gearstorm.host.spi.TupleFactory;
import java.util.List;

/** The smallest tuple. */
final class FakeTuple implements HostTuple {
  private final int sourceTask;
  private final int streamNumber;
  private final int targetTask;
  private final List<Object> values;
  private final int rootTask;
  private final long root;
  private final long edge;
  private final Roots roots;
  private int kibibytes;
  private long childEdges;
  private long stampNs;

  private FakeTuple(
      final Factory factory,
      final List<Object> values,
      final int targetTask,
      final int rootTask,
      final long root,
      final long edge,
      final Roots roots) {
    sourceTask = factory.sourceTask;
    streamNumber = factory.stream.number();
    this.targetTask = targetTask;
    this.values = values;
    this.rootTask = rootTask;
    this.root = root;
    this.edge = edge;
    this.roots = roots;
  }

  /** Makes them, checking the number of values as Storm 0.9 does. */
  record Factory(int sourceTask, StreamInfo stream) implements TupleFactory {
    @Override
    public HostTuple newTuple(final List<Object> values, final int targetTask, final Roots roots) {
      check(values);
      return new FakeTuple(this, values, targetTask, 0, 0, 0, roots);
    }

    @Override
    public HostTuple newTuple(
        final List<Object> values,
        final int targetTask,
        final int rootTask,
        final long root,
        final long edge) {
      check(values);
      return new FakeTuple(this, values, targetTask, rootTask, root, edge, null);
    }

    private void check(final List<Object> values) {
      if (values.size() != stream.fields().size()) {
        throw new IllegalArgumentException("wrong number of values: " + values);
      }
    }
  }

  @Override
  public int sourceTask() {
    return sourceTask;
  }

  @Override
  public int streamNumber() {
    return streamNumber;
  }

  @Override
  public int targetTask() {
    return targetTask;
  }

  @Override
  public List<Object> values() {
    return values;
  }

  @Override
  public long root() {
    return root;
  }

  @Override
  public int rootTask() {
    return rootTask;
  }

  @Override
  public long edge() {
    return edge;
  }

  @Override
  public Roots roots() {
    return roots;
  }

  @Override
  public int kibibytes() {
    return kibibytes;
  }

  @Override
  public void kibibytes(final int estimate) {
    kibibytes = estimate;
  }

  @Override
  public long childEdges() {
    return childEdges;
  }

  @Override
  public void addChildEdge(final long child) {
    childEdges ^= child;
  }

  @Override
  public long stampNs() {
    return stampNs;
  }

  @Override
  public void stampNs(final long stamp) {
    stampNs = stamp;
  }
}
