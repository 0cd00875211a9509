package gearstorm.host.flow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many of the threads that feed each other are awake, by their bells. Who gathers input is left
 * alone while another is awake: to rouse it early would take the processor from the one that feeds
 * it, for a handful of tuples. When the last falls asleep, one that has gathered anything goes on,
 * so that tuples never wait beside a machine with nothing to do. Any thread.
 */
public final class Roster {
  private final AtomicInteger awake = new AtomicInteger();
  private final List<Bell> bells = new CopyOnWriteArrayList<>();

  void add(final Bell bell) {
    bells.add(bell);
    awake.incrementAndGet();
  }

  void remove(final Bell bell) {
    bells.remove(bell);
    onSleep();
  }

  /** A thread falls asleep, as its bell says already. */
  void onSleep() {
    if (awake.decrementAndGet() == 0) {
      for (final Bell bell : bells) {
        if (bell.rouseIfGathered()) {
          return;
        }
      }
    }
  }

  void onWake() {
    awake.incrementAndGet();
  }

  boolean allAsleep() {
    return awake.get() == 0;
  }
}
