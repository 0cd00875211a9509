package gearstorm.host.spi;

/** One task of a spout; every method runs on the executor's thread and may throw anything. */
public interface SpoutTask {
  void open(SpoutEmitter emitter) throws Exception;

  void activate() throws Exception;

  void deactivate() throws Exception;

  void nextTuple() throws Exception;

  void ack(Object messageId) throws Exception;

  void fail(Object messageId) throws Exception;

  void close() throws Exception;
}
