package gearstorm.host.control;

import java.util.concurrent.atomic.AtomicBoolean;

/** Ends this process once, in bounded time, from whatever thread finds that it must end. */
final class ProcessEnd {
  static final int STOPPED = 0;
  static final int USER_CODE_THREW = 1;
  static final int WRONG_FILES = 2;
  static final int NOT_WANTED = 3;

  private final AtomicBoolean ending = new AtomicBoolean();

  boolean hasBegun() {
    return ending.get();
  }

  /**
   * Does the last work on a thread of its own, then exits.
   *
   * @param limitMs after which the process ends whatever the last work, or a shutdown hook of user
   *     code, is doing
   * @return false when the process is ending already
   */
  boolean begin(final int exitCode, final long limitMs, final Runnable lastWork) {
    if (!ending.compareAndSet(false, true)) {
      return false;
    }
    final Thread limit = new Thread(() -> haltAfter(limitMs, exitCode), "gearstorm-end-limit");
    limit.setDaemon(true);
    limit.start();
    new Thread(() -> exit(exitCode, lastWork), "gearstorm-end").start();
    return true;
  }

  private static void exit(final int exitCode, final Runnable lastWork) {
    try {
      lastWork.run();
    } finally {
      System.exit(exitCode);
    }
  }

  private static void haltAfter(final long limitMs, final int exitCode) {
    try {
      Thread.sleep(limitMs);
    } catch (InterruptedException early) {
      // nobody interrupts this thread; if someone does, the limit is now
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
