package gearstorm.host.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BellTest {
  /**
   * The consumer sleeps without a deadline whenever it finds nothing, and each element is sent at
   * another moment of its falling asleep: one lost wake-up hangs.
   */
  @Test
  void noWakeUpIsLost() throws InterruptedException {
    final int count = 100_000;
    final Ring ring = new Ring(16);
    final Bell bell = new Bell(new Roster(1), () -> false);
    final Thread producer =
        new Thread(
            () -> {
              for (int number = 0; number < count; number++) {
                ring.offer(number);
                bell.onInput();
                while (ring.taken() <= number) {
                  Thread.onSpinWait();
                }
                for (int delay = number % 60; delay > 0; delay--) {
                  Thread.onSpinWait();
                }
              }
            });
    bell.attach();
    producer.start();
    for (int expected = 0; expected < count; ) {
      final Object next = ring.poll();
      if (next == null) {
        bell.awaitInput(Long.MAX_VALUE, () -> !ring.isEmpty());
      } else {
        assertEquals(expected++, next);
      }
    }
    producer.join();
  }

  @Test
  void aPermitThatIsLeftDoesNotShortenTheMomentBetweenTheTwoLooks() {
    final Bell bell = new Bell(new Roster(1), () -> false);
    bell.attach();
    final List<Long> looksNs = new ArrayList<>();
    LockSupport.unpark(Thread.currentThread());
    bell.awaitInput(
        TimeUnit.SECONDS.toNanos(50),
        () -> {
          looksNs.add(System.nanoTime());
          return looksNs.size() == 2;
        });
    assertTrue(looksNs.get(1) - looksNs.get(0) >= TimeUnit.MILLISECONDS.toNanos(1));
  }

  @Test
  void inputDoesNotWakeWhoWaitsForRoomButRoomDoes() throws InterruptedException {
    final Bell bell = new Bell(new Roster(1), () -> false);
    final CountDownLatch woken = new CountDownLatch(1);
    final Thread sleeper =
        new Thread(
            () -> {
              bell.attach();
              bell.awaitRoom(Long.MAX_VALUE, () -> false);
              woken.countDown();
            });
    sleeper.start();
    while (sleeper.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    bell.onInput();
    assertEquals(1, woken.getCount());
    bell.onRoom();
    woken.await();
    sleeper.join();
  }

  /** Who was roused and sleeps on would not be roused again. */
  @Test
  void roomEndsAWaitForInputAtWhicheverLookItComes() {
    for (int look = 1; look <= 2; look++) {
      final Bell bell = new Bell(new Roster(1), () -> false);
      final int roomAt = look;
      final AtomicInteger looks = new AtomicInteger();
      bell.attach();
      bell.awaitInput(
          Long.MAX_VALUE,
          () -> {
            if (looks.incrementAndGet() == roomAt) {
              bell.onRoom();
            }
            return false;
          });
      assertEquals(look, looks.get());
    }
  }

  /** A thread that gathers for half a minute at most; what it waits for is counted down. */
  private static Thread gatherer(
      final Roster roster,
      final Ring ring,
      final AtomicReference<Bell> bell,
      final CountDownLatch woken)
      throws InterruptedException {
    final CountDownLatch attached = new CountDownLatch(1);
    final Thread thread =
        new Thread(
            () -> {
              bell.set(new Bell(roster, () -> !ring.isEmpty()));
              bell.get().attach();
              attached.countDown();
              bell.get().gather(TimeUnit.SECONDS.toNanos(30), () -> false);
              woken.countDown();
            });
    thread.start();
    attached.await();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  @Test
  void whoGathersIsRousedWhenARingIsHalfFull() throws InterruptedException {
    final Roster roster = new Roster(1);
    new Bell(roster, () -> false).attach(); // another that stays awake
    final Ring ring = new Ring(16);
    final AtomicReference<Bell> bell = new AtomicReference<>();
    final CountDownLatch woken = new CountDownLatch(1);
    final Thread thread = gatherer(roster, ring, bell, woken);
    for (int number = 0; number < 7; number++) {
      ring.offer(number);
      bell.get().onInput(ring);
      bell.get().onInput();
    }
    assertEquals(Thread.State.TIMED_WAITING, thread.getState());
    ring.offer(7);
    bell.get().onInput(ring);
    woken.await();
    thread.join();
  }

  @Test
  void whoGathersIsRousedByTheFirstInputWhenNobodyIsAwake() throws InterruptedException {
    final Roster roster = new Roster(1);
    final Ring ring = new Ring(16);
    final AtomicReference<Bell> bell = new AtomicReference<>();
    final CountDownLatch woken = new CountDownLatch(1);
    final Thread thread = gatherer(roster, ring, bell, woken);
    ring.offer(1);
    bell.get().onInput(ring);
    woken.await();
    thread.join();
  }

  @Test
  void theLastThatFallsAsleepOrEndsRousesWhoHasGathered() throws InterruptedException {
    for (final boolean ends : List.of(false, true)) {
      final Roster roster = new Roster(1);
      final Bell other = new Bell(roster, () -> false);
      other.attach();
      final Ring ring = new Ring(16);
      final AtomicReference<Bell> bell = new AtomicReference<>();
      final CountDownLatch woken = new CountDownLatch(1);
      final Thread thread = gatherer(roster, ring, bell, woken);
      ring.offer(1);
      bell.get().onInput(ring);
      assertEquals(1, woken.getCount());
      if (ends) {
        other.detach();
      } else {
        other.awaitInput(1_000_000, () -> false);
      }
      woken.await();
      thread.join();
    }
  }

  @Test
  void whatIsUrgentIsNotGatheredFor() {
    final Bell bell = new Bell(new Roster(1), () -> false);
    bell.attach();
    bell.gather(TimeUnit.HOURS.toNanos(1), () -> true); // longer than any test may take
    assertFalse(Thread.currentThread().isInterrupted());
  }

  @Test
  void anInterruptThatUserCodeLeftDoesNotKeepTheThreadAwake() {
    final Bell bell = new Bell(new Roster(1), () -> false);
    bell.attach();
    Thread.currentThread().interrupt();
    bell.awaitInput(1_000_000, () -> false);
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
