package gearstorm.host.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgressRingTest {
  @Test
  void twoThreadsPassEveryDeltaWhole() throws InterruptedException {
    final int count = 500_000;
    final ProgressRing ring = new ProgressRing(32);
    final Thread producer =
        new Thread(
            () -> {
              for (long root = 1; root <= count; root++) {
                while (!ring.offer(root, root * 31, root % 3 == 0)) {
                  Thread.onSpinWait();
                }
              }
            });
    producer.start();
    final long[] expected = {1};
    while (expected[0] <= count) {
      ring.drain(
          (root, xor, failed) -> {
            assertEquals(expected[0], root);
            assertEquals(root * 31, xor);
            assertEquals(root % 3 == 0, failed);
            expected[0]++;
          });
    }
    producer.join();
    assertTrue(ring.isEmpty());
  }

  @Test
  void deltasWithoutRoomAreFoldedPerRootAndOfferedLater() {
    final ProgressRing ring = new ProgressRing(1);
    final DeltaFold fold = new DeltaFold();
    fold.add(4, 1, 0b01, false);
    fold.add(4, 1, 0b10, false);
    fold.add(4, 2, 0b11, true);
    final List<String> arrived = new ArrayList<>();
    final DeltaFold.Way way = (task, root, xor, failed) -> ring.offer(root, xor, failed);
    final DeltaSink sink = (root, xor, failed) -> arrived.add(root + " " + xor + " " + failed);
    assertTrue(fold.flush(way));
    assertFalse(fold.isEmpty());
    ring.drain(sink);
    assertTrue(fold.flush(way));
    assertTrue(fold.isEmpty());
    ring.drain(sink);
    assertEquals(List.of("1 3 false", "2 3 true"), arrived);
  }
}
