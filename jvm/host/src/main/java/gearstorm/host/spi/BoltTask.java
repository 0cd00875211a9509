package gearstorm.host.spi;

/** One task of a bolt; every method runs on the executor's thread and may throw anything. */
public interface BoltTask {
  void prepare(BoltEmitter emitter) throws Exception;

  void execute(HostTuple tuple) throws Exception;

  void cleanup() throws Exception;
}
