package gearstorm.host.executor;

/** Picks one of so many tuples for a latency measurement; one thread. */
final class Sampler {
  private final int every;
  private int left;

  Sampler(final ComponentConfig config) {
    final double rate = config.number("topology.stats.sample.rate", 0.05);
    every = rate <= 0 ? Integer.MAX_VALUE : (int) Math.max(1, Math.round(1 / rate));
    left = rate <= 0 ? every : 1; // the first at once, so that a quiet stream has a latency too
  }

  boolean picks() {
    left--;
    if (left > 0) {
      return false;
    }
    left = every;
    return true;
  }
}
