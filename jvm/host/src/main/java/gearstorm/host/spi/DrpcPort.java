package gearstorm.host.spi;

/** DRPC requests over the worker's own connection to control; any thread. */
public interface DrpcPort {
  /** A worker that has no such connection. */
  DrpcPort NONE = new NoDrpc();

  /** Whether requests of the DRPC server at this address can be had and answered here, now. */
  boolean leadsTo(String host, int port);

  /** Whether the function was refused just now: the server itself says why. */
  boolean refuses(String function);

  /**
   * A request that nobody else gets; null when none came in time, or none is to be had just now.
   *
   * @param ahead whether requests may be fetched for the calls after this one
   */
  DrpcRequest take(String function, long waitNs, boolean ahead) throws InterruptedException;

  /**
   * Answers a request. Nothing happens when control is away: then the caller is gone too.
   *
   * @return false, and nothing happens, for a result that is too long for this way
   */
  boolean result(String id, String result);

  /** Fails a request; the rest as in {@link #result}. */
  void fail(String id);
}
