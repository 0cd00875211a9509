package gearstorm.storm0x;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import storm.trident.topology.MasterBatchCoordinator;
import storm.trident.topology.TransactionAttempt;
import storm.trident.topology.state.TransactionalState;

/**
 * How often Trident's coordinator has tried each batch in flight. A coordinator that starts anew
 * (storm.trident.topology.MasterBatchCoordinator, open) reads what the one before it stored, but
 * leaves out the last batch that may be in flight: of one at a time, the only one. Its next attempt
 * of that batch would then have the number of an earlier one, and bolts that live on would add to
 * it what they hold of the earlier one. Here it is told of all of them.
 */
final class TridentAttempts {
  private static final String STORED = "currattempts";

  private TridentAttempts() {}

  /**
   * @param opened a coordinator whose open has returned and that has begun no batch since
   * @throws IllegalStateException when it is of a release that keeps its attempts elsewhere
   */
  static void restore(final MasterBatchCoordinator opened) {
    final long current = PrivateFields.read(opened, "_currTransaction", Long.class);
    final SortedMap<Long, Integer> attempts = attemptsOf(opened);
    for (final Object state : PrivateFields.read(opened, "_states", List.class)) {
      if (((TransactionalState) state).getData(STORED) instanceof Map<?, ?> stored) {
        add(stored, current, attempts);
      }
    }
  }

  /**
   * Keeps the highest attempt of each batch that is not committed.
   *
   * @param stored attempts by batch; from JSON, so that the batches are strings
   * @param current the first batch that is not committed
   */
  static void add(final Map<?, ?> stored, final long current, final Map<Long, Integer> attempts) {
    stored.forEach(
        (key, attempt) -> {
          final long batch = Long.parseLong(key.toString());
          if (batch >= current) {
            attempts.merge(batch, ((Number) attempt).intValue(), Math::max);
          }
        });
  }

  /**
   * Whether another attempt of the same batch has taken its place. Trident's coordinator (fail)
   * forgets a batch in flight also when an earlier attempt of it fails, as one does that was given
   * up and times out at last. It then begins the batch once more, while the next one, which began
   * where the forgotten attempt had ended, goes on: an opaque source may give both the same tuples.
   */
  static boolean isReplaced(final Object attempt, final MasterBatchCoordinator coordinator) {
    final Object active =
        PrivateFields.read(coordinator, "_activeTx", Map.class)
            .get(((TransactionAttempt) attempt).getTransactionId());
    return active != null
        && !attempt.equals(PrivateFields.read(active, "attempt", TransactionAttempt.class));
  }

  @SuppressWarnings("unchecked") // as it is declared there
  private static SortedMap<Long, Integer> attemptsOf(final MasterBatchCoordinator coordinator) {
    return PrivateFields.read(coordinator, "_attemptIds", SortedMap.class);
  }
}
