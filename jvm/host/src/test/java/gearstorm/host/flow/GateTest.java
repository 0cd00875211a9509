package gearstorm.host.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
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
      countTogether();
    }
  }

  /** The owner is at full speed when the others come, and goes on until they have finished. */
  private static void countTogether() throws InterruptedException {
    final Counter counter = new Counter();
    final long[] ownerTimes = {0};
    final AtomicBoolean othersDone = new AtomicBoolean();
    final CountDownLatch ownerRuns = new CountDownLatch(1);
    final Gate[] gate = new Gate[1];
    final Thread owner =
        new Thread(
            () -> {
              while (!othersDone.get()) {
                count(gate[0], counter, 100);
                ownerTimes[0] += 100;
                ownerRuns.countDown();
              }
            });
    gate[0] = new Gate(owner);
    owner.start();
    ownerRuns.await();
    final Thread first = new Thread(() -> count(gate[0], counter, 2_000));
    final Thread second = new Thread(() -> count(gate[0], counter, 2_000));
    first.start();
    second.start();
    first.join();
    second.join();
    othersDone.set(true);
    owner.join();
    assertEquals(ownerTimes[0] + 4_000, counter.value);
  }

  @Test
  void ownerHasTheGateToItselfAgainAfterEveryForeignEntry() throws InterruptedException {
    final Counter counter = new Counter();
    final long[] ownerTimes = {0};
    final AtomicBoolean done = new AtomicBoolean();
    final Gate[] gate = new Gate[1];
    final Thread owner =
        new Thread(
            () -> {
              while (!done.get()) {
                count(gate[0], counter, 1);
                ownerTimes[0]++;
              }
            });
    gate[0] = new Gate(owner);
    owner.start();
    for (int entry = 0; entry < 200; entry++) {
      count(gate[0], counter, 1);
      while (gate[0].isShared()) {
        Thread.onSpinWait();
      }
    }
    done.set(true);
    owner.join();
    assertEquals(ownerTimes[0] + 200, counter.value);
  }

  private static void count(final Gate gate, final Counter counter, final int times) {
    for (int turn = 0; turn < times; turn++) {
      gate.enter();
      counter.value++;
      gate.exit();
    }
  }
}
