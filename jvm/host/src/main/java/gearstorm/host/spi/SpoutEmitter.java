package gearstorm.host.spi;

import java.util.List;

/** What a spout's collector calls; only from the executor's thread. */
public interface SpoutEmitter {
  /**
   * Emits to every subscriber.
   *
   * @param messageId null for an untracked tuple
   * @return the target tasks in Storm's order
   */
  List<Integer> emit(String stream, List<Object> values, Object messageId);

  /**
   * @throws IllegalArgumentException when the task's component subscribes to the stream, but not
   *     directly
   */
  void emitDirect(int task, String stream, List<Object> values, Object messageId);

  TaskCounts counts();

  void reportError(Throwable error);
}
