package gearstorm.host.executor;

import java.util.concurrent.TimeUnit;

/** Storm's rule for reported errors: clients see so many per interval and executor. */
final class ErrorThrottle {
  private final long intervalNs;
  private final long errorsMax;
  private long intervalStartNs;
  private long errors;

  ErrorThrottle(final ComponentConfig config, final long nowNs) {
    final double seconds = config.number("topology.error.throttle.interval.secs", 10);
    intervalNs = (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    errorsMax = config.integer("topology.max.error.report.per.interval", 5);
    intervalStartNs = nowNs;
  }

  synchronized boolean admits(final long nowNs) {
    if (nowNs - intervalStartNs > intervalNs) {
      intervalStartNs = nowNs;
      errors = 0;
    }
    errors++;
    return errors <= errorsMax;
  }
}
