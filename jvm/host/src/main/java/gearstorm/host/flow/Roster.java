package gearstorm.host.flow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many of the threads that feed each other are awake, by their bells. Who gathers input is left
 * alone while another is awake: to rouse it early would take the processor from the one that feeds
 * it, for a handful of tuples. When one falls asleep and so leaves a processor to nobody, another
 * that has gathered anything goes on. Any thread.
 */
public final class Roster {
  private final int processors;
  private final AtomicInteger awake = new AtomicInteger();
  private final List<Bell> bells = new CopyOnWriteArrayList<>();

  /**
   * @param processors of the machine
   */
  public Roster(final int processors) {
    this.processors = processors;
  }

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
    int free = processors - awake.decrementAndGet();
    for (final Bell bell : bells) {
      if (free <= 0) {
        return;
      }
      if (bell.rouseIfGathered()) {
        free--;
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
