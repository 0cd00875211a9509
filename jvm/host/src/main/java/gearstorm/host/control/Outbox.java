package gearstorm.host.control;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lines that wait for the connection. Executors put them in and go on: when control does not take
 * them, the oldest make room for the newest.
 */
final class Outbox {
  static final int MAX_LINES = 1024;

  private final Semaphore wakeUps = new Semaphore(0);
  // guarded by this
  private final ArrayDeque<String> lines = new ArrayDeque<>();

  synchronized void add(final String line) {
    if (lines.size() == MAX_LINES) {
      lines.removeFirst();
    }
    lines.addLast(line);
    wake();
  }

  /** Ends the wait of {@link #await} even when nothing is to be sent. */
  void wake() {
    wakeUps.release();
  }

  /** Waits until a line comes, someone calls {@link #wake} or the time is over. */
  void await(final long timeoutMs) throws InterruptedException {
    if (wakeUps.tryAcquire(timeoutMs, TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
  }

  synchronized List<String> takeAll() {
    final List<String> taken = new ArrayList<>(lines);
    lines.clear();
    return taken;
  }

  /** Puts back, in front, what could not be sent. */
  synchronized void putBack(final List<String> unsent) {
    for (int i = unsent.size() - 1; i >= 0 && lines.size() < MAX_LINES; i--) {
      lines.addFirst(unsent.get(i));
    }
  }
}
