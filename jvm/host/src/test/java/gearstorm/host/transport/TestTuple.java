package gearstorm.host.transport;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import java.util.List;

/** A tuple with given header and values, as a bridge would make it. */
record TestTuple(
    int sourceTask,
    int streamNumber,
    int targetTask,
    int rootTask,
    long root,
    long edge,
    Roots roots,
    List<Object> values)
    implements HostTuple {
  static TestTuple untracked(final int targetTask, final Object value) {
    return new TestTuple(1, 0, targetTask, 0, 0, 0, null, List.of(value));
  }

  static TestTuple tracked(
      final int targetTask, final int rootTask, final long root, final Object value) {
    return new TestTuple(1, 0, targetTask, rootTask, root, 77, null, List.of(value));
  }

  @Override
  public int kibibytes() {
    return 0;
  }

  @Override
  public void kibibytes(final int kibibytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long childEdges() {
    return 0;
  }

  @Override
  public void addChildEdge(final long childEdge) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long stampNs() {
    return 0;
  }

  @Override
  public void stampNs(final long stampNs) {
    throw new UnsupportedOperationException();
  }
}
