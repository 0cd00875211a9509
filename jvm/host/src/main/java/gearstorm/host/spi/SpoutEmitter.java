package gearstorm.host.spi;

import java.util.List;

/** What a spout's collector calls; only from the executor's thread (SEMANTICS 41). */
public interface SpoutEmitter {
  /**
   * Emits to every subscriber.
   *
   * @param messageId null for an untracked tuple
   * @return the target tasks in Storm's order (SEMANTICS 19)
   */
  List<Integer> emit(String stream, List<Object> values, Object messageId);

  /**
   * @throws IllegalArgumentException as SEMANTICS 27
   */
  void emitDirect(int task, String stream, List<Object> values, Object messageId);

  TaskCounts counts();

  void reportError(Throwable error);
}
