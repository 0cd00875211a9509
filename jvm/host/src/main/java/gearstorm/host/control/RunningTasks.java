package gearstorm.host.control;

import com.google.gson.JsonArray;
import gearstorm.host.executor.Tap;
import gearstorm.host.executor.TapConsumer;
import gearstorm.host.executor.Traffic;

/** The executors of this worker, as control steers and watches them. */
interface RunningTasks {
  void activate();

  void deactivate();

  /** Reads the file of the credentials, and tells the components if it says something new. */
  void renewCredentials();

  /** What the executors have done so far. */
  Traffic traffic();

  /** Executors look again what is due. */
  void clockMoved();

  /** Closes spouts and cleans up bolts; bounded in time. */
  void stop();

  /** ExecutorStats of frames.ts, one element an executor. */
  JsonArray stats();

  /**
   * Shows every emitted tuple of a component, on the emitting thread, until the tap is closed.
   *
   * @param stream null for every stream
   */
  Tap tap(String component, String stream, TapConsumer consumer);
}
