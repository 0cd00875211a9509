package gearstorm.host.spi;

/** One task of a bolt; every method runs on the executor's thread and may throw anything. */
public interface BoltTask extends HookedTask, MeteredTask, CredentialsTask {
  void prepare(BoltEmitter emitter) throws Exception;

  void execute(HostTuple tuple) throws Exception;

  /**
   * {@link #execute} has returned.
   *
   * @param latencyNs what it took; negative when this tuple is not sampled
   */
  default void executed(final HostTuple tuple, final long latencyNs) throws Exception {}

  void cleanup() throws Exception;
}
