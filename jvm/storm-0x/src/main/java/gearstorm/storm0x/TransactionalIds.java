package gearstorm.storm0x;

import backtype.storm.Config;
import backtype.storm.generated.ComponentCommon;
import backtype.storm.transactional.TransactionalSpoutCoordinator;
import gearstorm.host.json.JsonText;
import java.util.List;
import storm.trident.topology.MasterBatchCoordinator;

/** Under which ids a component numbers its batches in ZooKeeper: only coordinators do. */
final class TransactionalIds {
  private TransactionalIds() {}

  /** Empty for a component that keeps nothing there, as far as Storm's own classes go. */
  static List<String> of(final Object component, final ComponentCommon common) {
    if (component instanceof MasterBatchCoordinator coordinator) {
      return List.copyOf(coordinator.getManagedSpoutIds());
    }
    if (component instanceof TransactionalSpoutCoordinator && common.is_set_json_conf()) {
      final Object id =
          JsonText.object(common.get_json_conf()).get(Config.TOPOLOGY_TRANSACTIONAL_ID);
      return id == null ? List.of() : List.of(id.toString());
    }
    return List.of();
  }
}
