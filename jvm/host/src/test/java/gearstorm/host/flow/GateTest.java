package gearstorm.host.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateTest {
  /** Plain, so that two threads inside at once lose counts. */
  private static final class Counter {
    private long value;
  }

  @Test
  void ownerAndLatecomersAreNeverInsideTogether() throws InterruptedException {
    for (int round = 0; round < 50; round++) {
      assertEquals(3 * 20_000, countTogether());
    }
  }

  private static long countTogether() throws InterruptedException {
    final Counter counter = new Counter();
    final CountDownLatch ownerRuns = new CountDownLatch(1);
    final Gate[] gate = new Gate[1];
    final Thread owner =
        new Thread(
            () -> {
              count(gate[0], counter, 10_000);
              ownerRuns.countDown();
              count(gate[0], counter, 10_000);
            });
    gate[0] = new Gate(owner);
    owner.start();
    ownerRuns.await();
    final Thread first = new Thread(() -> count(gate[0], counter, 20_000));
    final Thread second = new Thread(() -> count(gate[0], counter, 20_000));
    first.start();
    second.start();
    owner.join();
    first.join();
    second.join();
    return counter.value;
  }

  private static void count(final Gate gate, final Counter counter, final int times) {
    for (int turn = 0; turn < times; turn++) {
      gate.enter();
      counter.value++;
      gate.exit();
    }
  }
}
