package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.testing.TestWordSpout;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import storm.trident.spout.RichSpoutBatchExecutor;
import storm.trident.topology.MasterBatchCoordinator;
import storm.trident.topology.TransactionAttempt;

final class TridentAttemptsTest {
  private final MasterBatchCoordinator coordinator =
      new MasterBatchCoordinator(
          List.of("words"), List.of(new RichSpoutBatchExecutor(new TestWordSpout())));

  // clause: trident-retry
  @Test
  void whenABatchIsInFlight_thenItsLastAttemptIsKnownEvenIfItIsTheLastOfThem() {
    final TreeMap<Long, Integer> attempts = new TreeMap<>(Map.of(7L, 2));
    TridentAttempts.add(Map.of("7", 2L, "8", 0L, "9", 4L), 7, attempts);
    assertEquals(Map.of(7L, 2, 8L, 0, 9L, 4), attempts);
  }

  @Test
  void whenSourcesStoredDifferentAttempts_thenTheHighestCounts() {
    final TreeMap<Long, Integer> attempts = new TreeMap<>();
    TridentAttempts.add(Map.of("3", 5L), 3, attempts);
    TridentAttempts.add(Map.of("3", 4L), 3, attempts);
    assertEquals(Map.of(3L, 5), attempts);
  }

  @Test
  void whenABatchIsCommitted_thenItsAttemptsAreForgotten() {
    final TreeMap<Long, Integer> attempts = new TreeMap<>();
    TridentAttempts.add(Map.of("1", 3L, "2", 1L), 2, attempts);
    assertEquals(Map.of(2L, 1), attempts);
  }

  @Test
  void whenAnAttemptFailsThatAnotherHasReplaced_thenItIsKnown() throws Exception {
    begin(new TransactionAttempt(8L, 1));
    assertTrue(TridentAttempts.isReplaced(new TransactionAttempt(8L, 0), coordinator));
    assertFalse(TridentAttempts.isReplaced(new TransactionAttempt(8L, 1), coordinator));
    assertFalse(TridentAttempts.isReplaced(new TransactionAttempt(9L, 0), coordinator));
  }

  /** That a coordinator forgets the replacing attempt is Trident's own, and why we ask. */
  @Test
  void whenTridentHearsOfAReplacedAttempt_thenItForgetsTheOneInFlight() throws Exception {
    begin(new TransactionAttempt(8L, 1));
    coordinator.fail(new TransactionAttempt(8L, 0));
    assertTrue(active().isEmpty());

    begin(new TransactionAttempt(8L, 1));
    TridentCoordinator.mended(coordinator).fail(new TransactionAttempt(8L, 0));
    assertEquals(1, active().size());
  }

  private void begin(final TransactionAttempt attempt) throws ReflectiveOperationException {
    final Constructor<?> status =
        Class.forName(MasterBatchCoordinator.class.getName() + "$TransactionStatus")
            .getConstructor(TransactionAttempt.class);
    status.setAccessible(true);
    active().put(attempt.getTransactionId(), status.newInstance(attempt));
  }

  @SuppressWarnings("unchecked") // as it is declared there
  private Map<Long, Object> active() {
    return PrivateFields.read(coordinator, "_activeTx", Map.class);
  }
}
