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
   * Answers a request.
   *
   * @return false when it could not be said this way, now or at all: the result is too long or
   *     none, or the connection is gone
   */
  boolean result(String id, String result);

  /** Fails a request; what it returns as in {@link #result}. */
  boolean fail(String id);
}
