package gearstorm.host.executor;

/** What the owner wants of all executors; read by each of them once a loop. */
final class Life {
  private volatile boolean active;
  private volatile boolean begun;
  private volatile boolean stopping;
  private volatile int version;

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

  synchronized void stop() {
    stopping = true;
    version = version + 1;
  }
}
