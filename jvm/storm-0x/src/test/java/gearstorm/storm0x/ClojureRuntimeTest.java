package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import backtype.storm.coordination.CoordinatedBolt;
import backtype.storm.testing.TestWordCounter;
import backtype.storm.transactional.TransactionalSpoutCoordinator;
import org.junit.jupiter.api.Test;
import storm.trident.topology.MasterBatchCoordinator;
import storm.trident.topology.TridentBoltExecutor;

class ClojureRuntimeTest {
  @Test
  void isLoadedForWhatRunsBatchesOnly() {
    assertTrue(ClojureRuntime.calculates(TridentBoltExecutor.class.getName()));
    assertTrue(ClojureRuntime.calculates(MasterBatchCoordinator.class.getName()));
    assertTrue(ClojureRuntime.calculates(CoordinatedBolt.class.getName()));
    assertTrue(ClojureRuntime.calculates(TransactionalSpoutCoordinator.class.getName()));
    assertFalse(ClojureRuntime.calculates(TestWordCounter.class.getName()));
  }
}
