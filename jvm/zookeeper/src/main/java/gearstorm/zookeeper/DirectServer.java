package gearstorm.zookeeper;

import org.apache.zookeeper.server.FinalRequestProcessor;
import org.apache.zookeeper.server.PrepRequestProcessor;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.RequestProcessor;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;

/**
 * A server that does all for a request on the thread that read it: prepares it, stores it and
 * answers. ZooKeeper's own has a thread that could hold requests back, one that prepares them and
 * one that writes the log: for many clients on many processors. A few clients on one machine that
 * ask for one thing after the other wait for each change of threads.
 */
final class DirectServer extends ZooKeeperServer {
  DirectServer(FileTxnSnapLog files, int tickMs) {
    super(files, tickMs, "");
  }

  /** Nothing is held back: there is no bound on requests unless somebody sets one. */
  @Override
  public void enqueueRequest(Request request) {
    submitRequestNow(request);
  }

  @Override
  protected void setupRequestProcessors() {
    firstProcessor = new Preparation(this, new DirectLog(this, new FinalRequestProcessor(this)));
  }

  /** Its thread is never started. */
  private static final class Preparation extends PrepRequestProcessor {
    Preparation(ZooKeeperServer server, RequestProcessor next) {
      super(server, next);
    }

    /**
     * Connections and the end of sessions come from different threads: one at a time. What could
     * not be stored ends the server.
     */
    @Override
    public synchronized void processRequest(Request request) {
      try {
        pRequest(request);
      } catch (RequestProcessorException problem) {
        handleException(getName(), problem);
      }
    }
  }
}
