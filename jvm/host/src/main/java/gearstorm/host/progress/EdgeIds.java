package gearstorm.host.progress;

/** Random edge ids, never 0; one thread at a time. */
public final class EdgeIds {
  private static final long STEP = 0x9E3779B97F4A7C15L;

  private long state;

  public EdgeIds(final long seed) {
    state = seed;
  }

  /** The next id: a counter with a full-avalanche mix, as in SplitMix64. */
  public long next() {
    long mixed;
    do {
      state += STEP;
      mixed = state;
      mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
      mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
      mixed ^= mixed >>> 31;
    } while (mixed == 0);
    return mixed;
  }
}
