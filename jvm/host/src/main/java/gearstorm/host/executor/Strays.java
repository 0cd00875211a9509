package gearstorm.host.executor;

import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.Processor;
import gearstorm.host.plan.Route;
import gearstorm.host.plan.RouteChoice;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where tuples may go beside the routes of the plan: a custom grouping may choose the tasks of any
 * bolt, and the tuple is delivered there too. Only sources that have a custom subscriber have such
 * ways. Immutable.
 */
final class Strays {
  private final ExecutionPlan plan;

  /** The components with a custom subscriber. */
  private final Set<String> sources;

  /** The bolts whose tuples may come back to a bolt with a custom subscriber, by any way. */
  private final Set<String> returning;

  Strays(final ExecutionPlan plan) {
    this.plan = plan;
    sources =
        plan.routes().stream()
            .filter(route -> route.choice().kind() == RouteChoice.Kind.CUSTOM)
            .map(Route::source)
            .collect(Collectors.toUnmodifiableSet());
    returning = upstreamOf(sources.stream().filter(this::isBolt).toList());
  }

  /** Whether some stray tuple of the component may come back to it: such ways form a cycle. */
  boolean mayReturnTo(final Processor source) {
    return sources.contains(source.id()) && source.kind() == Processor.Kind.BOLT;
  }

  /** Whether this way is part of a cycle; a spout takes no tuples, so none leads back to it. */
  boolean isLoop(final Processor source, final Processor target) {
    return mayReturnTo(source) && returning.contains(target.id());
  }

  /** The bolts that the component may reach by the choice of a custom grouping only. */
  List<Processor> targetsOf(final Processor source) {
    if (!sources.contains(source.id())) {
      return List.of();
    }
    final Set<String> routed =
        plan.routesFrom(source.id()).stream().map(Route::target).collect(Collectors.toSet());
    return plan.processors().stream()
        .filter(each -> each.kind() == Processor.Kind.BOLT && !routed.contains(each.id()))
        .toList();
  }

  /** The components that may reach the bolt so, whether a route leads there too or not. */
  Set<String> sourcesOf(final Processor target) {
    return target.kind() == Processor.Kind.BOLT ? sources : Set.of();
  }

  private Set<String> upstreamOf(final List<String> components) {
    final Set<String> found = new HashSet<>(components);
    final Deque<String> open = new ArrayDeque<>(components);
    while (!open.isEmpty()) {
      for (final Route route : plan.routesTo(open.remove())) {
        if (found.add(route.source())) {
          open.add(route.source());
        }
      }
    }
    return found;
  }

  private boolean isBolt(final String component) {
    return plan.processor(component).kind() == Processor.Kind.BOLT;
  }
}
