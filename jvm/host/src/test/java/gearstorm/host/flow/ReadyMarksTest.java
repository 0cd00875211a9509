package gearstorm.host.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadyMarksTest {
  @Test
  void marksAreTakenOnceHoweverOftenTheyWereMade() {
    final ReadyMarks marks = new ReadyMarks();
    assertFalse(marks.any());
    marks.mark(3);
    marks.mark(63);
    marks.mark(3);
    assertTrue(marks.any());
    assertEquals(1L << 3 | 1L << 63, marks.take());
    assertEquals(0, marks.take());
    assertFalse(marks.any());
  }

  @Test
  void aConsumerThatLooksOnlyWhereMarksAreFindsEveryElement() throws InterruptedException {
    final int count = 300_000;
    final ReadyMarks marks = new ReadyMarks();
    final List<Ring> rings = List.of(new Ring(256), new Ring(256), new Ring(256));
    final List<Thread> producers = new ArrayList<>();
    for (int queue = 0; queue < rings.size(); queue++) {
      final int own = queue;
      final Thread producer = new Thread(() -> produce(rings.get(own), marks, own, count));
      producer.setDaemon(true);
      producer.start();
      producers.add(producer);
    }
    int found = 0;
    while (found < count * rings.size()) {
      long taken = marks.take();
      if (taken == 0) {
        Thread.sleep(0, 1); // ends with the test's time-out when an element was lost
      }
      while (taken != 0) {
        final Ring ring = rings.get(Long.numberOfTrailingZeros(taken));
        taken &= taken - 1;
        while (ring.poll() != null) {
          found++;
        }
      }
    }
    for (final Thread producer : producers) {
      producer.join();
    }
  }

  private static void produce(
      final Ring ring, final ReadyMarks marks, final int queue, final int count) {
    for (int number = 0; number < count; number++) {
      while (!ring.offer(number)) {
        LockSupport.parkNanos(1);
      }
      VarHandle.fullFence();
      marks.mark(queue);
    }
  }
}
