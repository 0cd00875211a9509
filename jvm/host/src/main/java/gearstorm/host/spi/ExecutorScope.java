package gearstorm.host.spi;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What the tasks of one executor share: Storm's executor data (TopologyContext). */
public final class ExecutorScope {
  private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>();
  private final int firstTask;
  private final int lastTask;

  public ExecutorScope(final int firstTask, final int lastTask) {
    this.firstTask = firstTask;
    this.lastTask = lastTask;
  }

  public ConcurrentMap<String, Object> data() {
    return data;
  }

  public int firstTask() {
    return firstTask;
  }

  public int lastTask() {
    return lastTask;
  }
}
