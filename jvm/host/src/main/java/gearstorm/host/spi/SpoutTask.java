package gearstorm.host.spi;

/** One task of a spout; every method runs on the executor's thread and may throw anything. */
public interface SpoutTask extends HookedTask, MeteredTask, CredentialsTask {
  void open(SpoutEmitter emitter) throws Exception;

  void activate() throws Exception;

  void deactivate() throws Exception;

  void nextTuple() throws Exception;

  /**
   * The tuple tree is complete.
   *
   * @param latencyNs since the emit; negative when this tree is not sampled
   */
  void ack(Object messageId, long latencyNs) throws Exception;

  /** The tuple tree failed or took too long; the rest as in {@link #ack}. */
  void fail(Object messageId, long latencyNs) throws Exception;

  void close() throws Exception;
}
