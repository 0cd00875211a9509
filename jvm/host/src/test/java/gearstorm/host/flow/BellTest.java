package gearstorm.host.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    final Bell bell = new Bell();
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
    final Bell bell = new Bell();
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
    final Bell bell = new Bell();
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
      final Bell bell = new Bell();
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

  @Test
  void anInterruptThatUserCodeLeftDoesNotKeepTheThreadAwake() {
    final Bell bell = new Bell();
    bell.attach();
    Thread.currentThread().interrupt();
    bell.awaitInput(1_000_000, () -> false);
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
