package gearstorm.host.spi;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A loaded topology of one generation. Methods are called by the thread of the executor concerned,
 * unless they say otherwise; several executors call at once.
 */
public interface TopologyBridge {
  /** A fresh instance of the component for one task; deserializes, calls no lifecycle method. */
  SpoutTask newSpout(String component, int task, ExecutorScope scope) throws Exception;

  BoltTask newBolt(String component, int task, ExecutorScope scope) throws Exception;

  /**
   * The wait strategy of one spout executor; null for the usual one, a sleep of {@code
   * topology.sleep.spout.wait.strategy.time.ms}.
   */
  default SpoutWait newSpoutWait(final String component) throws Exception {
    return null;
  }

  /** Makes the tuples that {@code sourceTask} emits onto one stream, locally or decoded. */
  TupleFactory tupleFactory(int sourceTask, StreamInfo stream);

  /** Makes {@code __system}/{@code __tick} tuples of the component's tick frequency. */
  TupleFactory tickFactory();

  /** The values of a tick tuple: the configuration's own number object. */
  List<Object> tickValues(String component);

  /** The prepared custom grouping of one subscription; never called twice for one executor. */
  TaskChooser customGrouping(String source, String stream, String target, List<Integer> targetTasks)
      throws Exception;

  /**
   * The generation's hash of the selected values of a fields grouping; the target is {@code
   * floorMod(hash, targets)}.
   */
  int fieldsHash(List<Object> values, int[] fieldIndexes);

  /** A Kryo codec with Storm's registrations, for one thread. */
  ValueCodec newValueCodec();

  /** A value as Gson can write it: null, Boolean, Number, String, List, Map, else its toString. */
  Object toJsonValue(Object value);

  /**
   * Does the work that starts the threads of user code, so that they run on behalf of whom the
   * credentials say. Called once.
   *
   * @param credentials null when the topology was never given any
   * @throws Exception as the work does, or when the credentials are of no use
   */
  default <T> T runAs(final Map<String, String> credentials, final Callable<T> work)
      throws Exception {
    return work.call();
  }

  /** The credentials were replaced; any thread. */
  default void renewCredentials(final Map<String, String> credentials) throws Exception {}

  /** Whether a worker of this generation ends when one of the user's own threads dies so. */
  default boolean endsWorker(final Throwable uncaught) {
    return false;
  }

  /** No executor runs any more: what the tasks shared is given back. */
  default void close() {}

  /**
   * Gives a logger of user code, and those that inherit from it, a level; one thread at a time.
   *
   * @param logger a name, or {@code ROOT} for the one that all inherit from
   * @param level ALL, TRACE, DEBUG, INFO, WARN, ERROR, FATAL or OFF
   * @return what gives it back the one that it had
   */
  default Runnable setLogLevel(final String logger, final String level) {
    return () -> {};
  }

  /** Logs through the logger that user code uses. */
  void log(LogLevel level, String message, Throwable cause);
}
