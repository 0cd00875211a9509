package gearstorm.host.control;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongSupplier;

/** The levels that control wants loggers to have, each until its time is over. */
final class LoggerLevels {
  /**
   * @param level a name of Log4j's levels
   * @param untilMs in milliseconds since 1970; {@link Long#MAX_VALUE} for ever
   */
  record LoggerLevel(String logger, String level, long untilMs) {}

  private record InForce(LoggerLevel level, Runnable back) {}

  private final BiFunction<String, String, Runnable> setter;
  private final LongSupplier nowMs;
  // guarded by this: by logger
  private final Map<String, InForce> inForce = new HashMap<>();

  /**
   * @param setter gives a logger a level and returns what takes it back
   */
  LoggerLevels(final BiFunction<String, String, Runnable> setter, final LongSupplier nowMs) {
    this.setter = setter;
    this.nowMs = nowMs;
  }

  /** In place of all that were wanted before; control's thread. */
  synchronized void set(final List<LoggerLevel> wanted) {
    final Map<String, LoggerLevel> byLogger = new HashMap<>();
    for (final LoggerLevel each : wanted) {
      byLogger.put(each.logger(), each);
    }
    for (final InForce each : List.copyOf(inForce.values())) {
      if (!each.level().equals(byLogger.get(each.level().logger()))) {
        takeBack(each);
      }
    }
    for (final LoggerLevel each : byLogger.values()) {
      if (!inForce.containsKey(each.logger()) && each.untilMs() > nowMs.getAsLong()) {
        inForce.put(each.logger(), new InForce(each, setter.apply(each.logger(), each.level())));
      }
    }
  }

  /** Takes back those whose time is over; to be called about once a second, by any thread. */
  synchronized void expire() {
    for (final InForce each : List.copyOf(inForce.values())) {
      if (each.level().untilMs() <= nowMs.getAsLong()) {
        takeBack(each);
      }
    }
  }

  private void takeBack(final InForce each) {
    each.back().run();
    inForce.remove(each.level().logger());
  }
}
