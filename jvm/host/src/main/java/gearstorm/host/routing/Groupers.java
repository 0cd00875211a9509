package gearstorm.host.routing;

import gearstorm.host.plan.Route;
import gearstorm.host.spi.LogLevel;
import gearstorm.host.spi.TopologyBridge;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Makes the grouper of a route. */
public final class Groupers {
  private final TopologyBridge bridge;
  private final IntPredicate isLocal;
  private final IntPredicate canReceive;
  private final RandomGenerator random;
  private final IntToLongFunction taken;
  private final LongSupplier nanoTime;

  /**
   * @param isLocal whether a task runs in this process
   * @param canReceive whether a task takes tuples at all: a bolt's
   * @param taken how many tuples the executor of a local task has taken so far
   */
  public Groupers(
      final TopologyBridge bridge,
      final IntPredicate isLocal,
      final IntPredicate canReceive,
      final RandomGenerator random,
      final IntToLongFunction taken,
      final LongSupplier nanoTime) {
    this.bridge = bridge;
    this.isLocal = isLocal;
    this.canReceive = canReceive;
    this.random = random;
    this.taken = taken;
    this.nanoTime = nanoTime;
  }

  /**
   * @throws Exception as the preparation of a custom grouping does
   */
  public Grouper grouper(final Route route) throws Exception {
    final int[] tasks = ints(route.targetTasks());
    return switch (route.choice().kind()) {
      case SHUFFLE -> shuffle(tasks);
      case LOCAL_OR_SHUFFLE -> shuffle(localOrAll(tasks));
      case NONE -> new RandomGrouper(tasks, random);
      case ALL -> new FixedGrouper(tasks);
      case GLOBAL -> new FixedGrouper(tasks[0]);
      case DIRECT -> new DirectGrouper(route.stream());
      case FIELDS -> new FieldsGrouper(tasks, ints(route.choice().indexes()), bridge::fieldsHash);
      case CUSTOM ->
          new CustomGrouper(
              bridge.customGrouping(
                  route.source(), route.stream(), route.target(), route.targetTasks()),
              route.target(),
              canReceive,
              warning -> bridge.log(LogLevel.WARN, warning, null));
    };
  }

  /** What another worker takes is not known here. */
  private Grouper shuffle(final int[] tasks) {
    final boolean local = Arrays.stream(tasks).allMatch(isLocal);
    return new ShuffleGrouper(
        tasks, random, local ? new PacedRuns(taken, nanoTime) : RunLength.ONE);
  }

  private int[] localOrAll(final int[] tasks) {
    final int[] local = Arrays.stream(tasks).filter(isLocal).toArray();
    return local.length == 0 ? tasks : local;
  }

  private static int[] ints(final List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }
}
