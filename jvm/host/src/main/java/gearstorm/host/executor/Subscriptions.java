package gearstorm.host.executor;

import gearstorm.host.plan.Route;
import gearstorm.host.plan.RouteChoice;
import gearstorm.host.routing.Grouper;
import gearstorm.host.routing.Groupers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Who receives one stream, as one executor routes it.
 *
 * @param groupers one per subscriber, in plan order
 * @param callUserCode whether any of them does
 * @param leaveWorker whether some target tasks are in other workers
 * @param directByTask every possible target task, true when it subscribes directly
 */
record Subscriptions(
    List<Grouper> groupers,
    boolean callUserCode,
    boolean leaveWorker,
    Map<Integer, Boolean> directByTask) {

  /**
   * @param routes of one stream
   * @param isLocal whether a task runs in this worker
   * @throws Exception as the preparation of a custom grouping does
   */
  static Subscriptions of(
      final List<Route> routes, final Groupers groupers, final IntPredicate isLocal)
      throws Exception {
    final List<Grouper> made = new ArrayList<>();
    final Map<Integer, Boolean> directByTask = new HashMap<>();
    for (final Route route : routes) {
      made.add(groupers.grouper(route));
      final boolean direct = route.choice().kind() == RouteChoice.Kind.DIRECT;
      route.targetTasks().forEach(task -> directByTask.put(task, direct));
    }
    return new Subscriptions(
        made,
        made.stream().anyMatch(Grouper::callsUserCode),
        !directByTask.keySet().stream().allMatch(isLocal::test),
        Map.copyOf(directByTask));
  }
}
