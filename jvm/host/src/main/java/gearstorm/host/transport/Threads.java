package gearstorm.host.transport;

/** Starts the threads of links; they never keep a process alive. */
final class Threads {
  private Threads() {}

  static Thread start(final String name, final Runnable work) {
    final Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
