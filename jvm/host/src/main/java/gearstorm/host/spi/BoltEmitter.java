package gearstorm.host.spi;

import java.util.List;

/** What a bolt's collector calls, from any thread. Never blocks the executor. */
public interface BoltEmitter {
  /**
   * Emits to every subscriber.
   *
   * @param anchors possibly empty; every element came from this host
   * @return the target tasks in Storm's order
   */
  List<Integer> emit(String stream, List<HostTuple> anchors, List<Object> values);

  /** The usual case of one anchor, without a list. */
  List<Integer> emit(String stream, HostTuple anchor, List<Object> values);

  void emitDirect(int task, String stream, List<HostTuple> anchors, List<Object> values);

  /**
   * Acks towards the spouts of all trees.
   *
   * @return nanoseconds since execute began; negative when this tuple is not sampled
   */
  long ack(HostTuple tuple);

  /** Fails all trees; returns as {@link #ack} does. */
  long fail(HostTuple tuple);

  TaskCounts counts();

  void reportError(Throwable error);
}
