package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backtype.storm.generated.ComponentCommon;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.transactional.TransactionalSpoutCoordinator;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import storm.trident.topology.MasterBatchCoordinator;

final class TransactionalIdsTest {
  private final ComponentCommon common = new ComponentCommon();

  @Test
  void tridentsCoordinatorHasThoseOfAllItsSources() {
    final MasterBatchCoordinator coordinator =
        new MasterBatchCoordinator(List.of("words", "numbers"), Arrays.asList(null, null));
    assertEquals(List.of("words", "numbers"), TransactionalIds.of(coordinator, common));
  }

  @Test
  void theCoordinatorOfATransactionalTopologyHasTheOneOfItsConfiguration() {
    common.set_json_conf("{\"topology.transactional.id\": \"ledger\"}");
    final TransactionalSpoutCoordinator coordinator = new TransactionalSpoutCoordinator(null);
    assertEquals(List.of("ledger"), TransactionalIds.of(coordinator, common));
  }

  @Test
  void anyOtherSpoutHasNone() {
    common.set_json_conf("{\"topology.transactional.id\": \"ledger\"}");
    assertEquals(List.of(), TransactionalIds.of(new TestWordSpout(), common));
  }
}
