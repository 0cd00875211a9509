package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.executor.SimulatedWorld.Mutant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs the real progress code in random topologies with random faults, against an oracle that knows
 * only who descends from whom. Seeds are numbers from 1; {@code -Dseed=N} runs one of them alone,
 * {@code -Dsimulation.first=N} and {@code -Dsimulation.seeds=N} others and more.
 */
@Timeout(3600)
class ProgressSimulationTest {
  private static final int USUAL_SEEDS = 200;
  private static final int SEEDS_PER_MUTANT = 30;

  @Test
  void everyTreeIsAckedOrFailedExactlyOnceForAReason() {
    final Long only = Long.getLong("seed");
    final long first = only != null ? only : Long.getLong("simulation.first", 1);
    final long count = only != null ? 1 : Long.getLong("simulation.seeds", USUAL_SEEDS);
    long acked = 0;
    long failed = 0;
    for (long seed = first; seed < first + count; seed++) {
      final SimulatedWorld world = new SimulatedWorld(seed, Mutant.NONE);
      final AssertionError violation = violation(world);
      if (violation != null) {
        throw new AssertionError("seed " + seed + ": " + violation.getMessage(), violation);
      }
      acked += world.oracle.acked();
      failed += world.oracle.failed();
    }
    assertTrue(acked > 0 && failed > 0, "nothing was acked, or nothing failed");
  }

  /** In 1235 more acks waited for a busy spout than its queues hold when a rotation was overdue. */
  @ParameterizedTest
  @ValueSource(longs = {1235})
  void seedsThatOnceFoundADefectFindNothing(final long seed) {
    assertNull(violation(new SimulatedWorld(seed, Mutant.NONE)));
  }

  @ParameterizedTest
  @EnumSource(value = Mutant.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void theOracleFindsEveryMutant(final Mutant mutant) {
    AssertionError found = null;
    for (long seed = 1; found == null && seed <= SEEDS_PER_MUTANT; seed++) {
      found = violation(new SimulatedWorld(seed, mutant));
    }
    assertNotNull(found);
  }

  private static AssertionError violation(final SimulatedWorld world) {
    try {
      world.run();
      return null;
    } catch (AssertionError violation) {
      return violation;
    }
  }
}
