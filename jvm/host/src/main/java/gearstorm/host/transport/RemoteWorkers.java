package gearstorm.host.transport;

import gearstorm.host.executor.Outlet;
import gearstorm.host.executor.ProgressOutlet;
import gearstorm.host.spi.ValueCodec;

/** The other workers of this topology, as executors see them. */
public interface RemoteWorkers {
  /**
   * @param codec the calling executor's own, used only by the thread that offers
   */
  Outlet outlet(int targetTask, ValueCodec codec);

  ProgressOutlet progressOutlet(int spoutTask);
}
