package gearstorm.host.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RingTest {
  @Test
  void aFullRingRefusesAndTakesAgainAfterAPoll() {
    final Ring ring = new Ring(2);
    assertTrue(ring.isEmpty());
    assertTrue(ring.offer("a"));
    assertTrue(ring.offer("b"));
    assertFalse(ring.offer("c"));
    assertEquals("a", ring.poll());
    assertTrue(ring.offer("c"));
    assertEquals("b", ring.poll());
    assertEquals("c", ring.poll());
    assertNull(ring.poll());
    assertEquals(3, ring.taken());
    assertEquals(3, ring.offered());
  }

  @Test
  void aCapacityThatIsNoPowerOfTwoIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Ring(12));
  }

  @Test
  void twoThreadsPassEveryElementInOrder() throws InterruptedException {
    final int count = 1_000_000;
    final Ring ring = new Ring(64);
    final Thread producer =
        new Thread(
            () -> {
              for (int number = 0; number < count; number++) {
                while (!ring.offer(number)) {
                  Thread.onSpinWait();
                }
              }
            });
    producer.start();
    for (int expected = 0; expected < count; ) {
      final Object next = ring.poll();
      if (next != null) {
        assertEquals(expected++, next);
      }
    }
    producer.join();
    assertTrue(ring.isEmpty());
  }

  @Test
  void roomIsGrantedOnceHalfIsFree() {
    final Ring ring = new Ring(4);
    for (int number = 0; number < 4; number++) {
      ring.offer(number);
    }
    final AtomicInteger grants = new AtomicInteger();
    ring.requestRoom(grants::incrementAndGet);
    ring.poll();
    ring.grantRoom();
    assertEquals(0, grants.get());
    ring.poll();
    ring.grantRoom();
    ring.grantRoom();
    assertEquals(1, grants.get());
  }

  @Test
  void aLimitHoldsWhateverItWasBeforeAndLosesNothing() {
    final Ring ring = new Ring(2, 8);
    int offered = 0;
    int taken = 0;
    for (final int limit : new int[] {2, 8, 3, 8, 1, 5, 2, 7}) {
      ring.limit(limit);
      final int before = offered - taken;
      while (ring.offer(offered)) {
        offered++;
      }
      assertEquals(Math.max(before, limit), offered - taken);
      for (int left = Math.min(3, offered - taken); left > 0; left--) {
        assertEquals(taken++, ring.poll());
      }
    }
    while (taken < offered) {
      assertEquals(taken++, ring.poll());
    }
    assertNull(ring.poll());
  }

  @Test
  void halfFullIsHalfOfTheLimit() {
    final Ring ring = new Ring(4, 8);
    ring.offer(1);
    assertFalse(ring.isHalfFull());
    ring.offer(2);
    assertTrue(ring.isHalfFull());
    ring.limit(8);
    assertFalse(ring.isHalfFull());
  }
}
