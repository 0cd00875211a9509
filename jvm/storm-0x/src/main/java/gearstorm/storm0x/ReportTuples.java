package gearstorm.storm0x;

import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import gearstorm.host.spi.TupleFactory;
import java.util.List;

/** Makes the tuples of one task's metrics stream; those of other languages become Storm's own. */
record ReportTuples(TupleFactory tuples) implements TupleFactory {
  @Override
  public HostTuple newTuple(final List<Object> values, final int targetTask, final Roots roots) {
    return tuples.newTuple(reportOf(values), targetTask, roots);
  }

  @Override
  public HostTuple newTuple(
      final List<Object> values,
      final int targetTask,
      final int rootTask,
      final long root,
      final long edge) {
    return tuples.newTuple(reportOf(values), targetTask, rootTask, root, edge);
  }

  private static List<Object> reportOf(final List<Object> values) {
    return values.get(0) instanceof List ? MetricsReport.of(values) : values;
  }
}
