package gearstorm.host.transport;

import gearstorm.host.executor.Outlet;
import gearstorm.host.executor.ProgressOutlet;
import gearstorm.host.progress.TreeCounts;

/** The other workers of this topology, as executors see them. */
public interface RemoteWorkers {
  /**
   * @param sourceTask any task of the executor that offers: all its outlets share one queue
   */
  Outlet outlet(int sourceTask, int targetTask);

  ProgressOutlet progressOutlet(int spoutTask);

  /** The way to spouts of other workers for what is counted of followed trees. */
  TreeCounts treeCounts();
}
