package gearstorm.host.executor;

import java.util.Map;

/** What the owner wants of all executors; read by each of them once a loop. */
final class Life {
  private volatile boolean active;
  private volatile boolean begun;
  private volatile boolean stopping;
  private volatile int version;
  private volatile Map<String, String> credentials;

  /** Executors run user code while and after this was once true. */
  boolean begun() {
    return begun;
  }

  boolean active() {
    return active;
  }

  boolean stopping() {
    return stopping;
  }

  /** Another object each time they were replaced; null when the topology was never given any. */
  Map<String, String> credentials() {
    return credentials;
  }

  /** Changes with every change of the rest. */
  int version() {
    return version;
  }

  synchronized void activate() {
    active = true;
    begun = true;
    version = version + 1;
  }

  synchronized void deactivate() {
    active = false;
    version = version + 1;
  }

  synchronized void credentials(final Map<String, String> replaced) {
    credentials = replaced;
    version = version + 1;
  }

  synchronized void stop() {
    stopping = true;
    version = version + 1;
  }
}
