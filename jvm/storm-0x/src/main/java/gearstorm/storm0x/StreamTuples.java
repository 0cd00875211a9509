package gearstorm.storm0x;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import gearstorm.host.spi.TupleFactory;
import java.util.List;

/** Makes the tuples of one (source task, stream). */
record StreamTuples(StreamContext context) implements TupleFactory {
  @Override
  public HostTuple newTuple(final List<Object> values, final int targetTask, final Roots roots) {
    return new LeanTuple(context, values, targetTask, roots, 0, 0, 0);
  }

  @Override
  public HostTuple newTuple(
      final List<Object> values,
      final int targetTask,
      final int rootTask,
      final long root,
      final long edge) {
    return new LeanTuple(context, values, targetTask, null, rootTask, root, edge);
  }
}
