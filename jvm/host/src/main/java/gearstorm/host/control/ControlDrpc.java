package gearstorm.host.control;

import gearstorm.host.spi.DrpcPort;
import gearstorm.host.spi.DrpcRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * DRPC over the control connection. The executors write to it themselves, as they would to a DRPC
 * server, and never while they hold the lock: what control says is always taken in.
 */
final class ControlDrpc implements DrpcPort {
  /** Longest text in UTF-16 units that one frame holds whatever JSON makes of it. */
  static final int MAX_RESULT_LENGTH = LineChannel.MAX_LINE_BYTES / 8;

  private static final long REFUSED_NS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // guarded by lock
  private final Map<String, DrpcFetches> functions = new HashMap<>();
  private final StringBuilder pieces = new StringBuilder();

  /** Of DRPC's own server behind control; null while there is none. */
  private ControlFrame.Drpc server;

  private boolean active;

  /** Where frames go; null while there is no control plane. */
  private volatile LineChannel channel;

  ControlDrpc(final LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public boolean leadsTo(final String host, final int port, final String function) {
    lock.lock();
    try {
      return server != null
          && server.host().equals(host)
          && server.port() == port
          && !fetchesOf(function).isRefused(nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public DrpcRequest take(final String function, final long waitNs, final boolean ahead)
      throws InterruptedException {
    final DrpcFetches fetches;
    final DrpcRequest request;
    int due;
    lock.lock();
    try {
      fetches = fetchesOf(function);
      if (server == null || !active) {
        return null;
      }
      request = fetches.poll(nanoTime.getAsLong(), ahead);
      if (request == null) {
        fetches.onWait();
      }
      due = fetches.due();
    } finally {
      lock.unlock();
    }
    ask(function, due);
    return request != null ? request : await(fetches, waitNs);
  }

  private DrpcRequest await(final DrpcFetches fetches, final long waitNs)
      throws InterruptedException {
    lock.lock();
    try {
      long leftNs = waitNs;
      DrpcRequest request = fetches.poll(nanoTime.getAsLong(), false);
      while (request == null && leftNs > 0 && server != null && active) {
        leftNs = changed.awaitNanos(leftNs);
        request = fetches.poll(nanoTime.getAsLong(), false);
      }
      return request;
    } finally {
      fetches.onWaited();
      lock.unlock();
    }
  }

  private void ask(final String function, final int count) {
    if (count > 0) {
      send(FrameText.write(new WorkerFrame.DrpcFetch(function)), count);
    }
  }

  @Override
  public boolean result(final String id, final String result) {
    if (result.length() > MAX_RESULT_LENGTH) {
      return false;
    }
    send(FrameText.write(new WorkerFrame.DrpcResult(id, result)), 1);
    return true;
  }

  @Override
  public void fail(final String id) {
    send(FrameText.write(new WorkerFrame.DrpcFail(id)), 1);
  }

  /** Control has a DRPC server: what was got over an earlier connection is forgotten there. */
  void onServer(final ControlFrame.Drpc frame, final LineChannel connection) {
    final Map<String, Integer> due = new HashMap<>();
    lock.lock();
    try {
      server = frame;
      channel = connection;
      pieces.setLength(0);
      functions.values().forEach(DrpcFetches::forget);
      functions.forEach((function, fetches) -> due.put(function, fetches.due()));
    } finally {
      lock.unlock();
    }
    due.forEach(this::ask);
  }

  void onDisconnect() {
    lock.lock();
    try {
      server = null;
      channel = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** What nobody took while the topology was active goes back, for another worker or later. */
  void setActive(final boolean wanted) {
    final List<DrpcRequest> unwanted = new ArrayList<>();
    lock.lock();
    try {
      active = wanted;
      if (!wanted) {
        functions.values().forEach(fetches -> unwanted.addAll(fetches.takeAll()));
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    unwanted.forEach(this::giveBack);
  }

  void onRequest(final ControlFrame.DrpcRequestPiece piece) {
    DrpcRequest unwanted = null;
    lock.lock();
    try {
      pieces.append(piece.args());
      if (piece.more()) {
        return;
      }
      final DrpcRequest request = new DrpcRequest(piece.id(), pieces.toString());
      pieces.setLength(0);
      final DrpcFetches fetches = fetchesOf(piece.function());
      fetches.onRequest(request);
      if (active) {
        changed.signalAll();
      } else {
        unwanted = fetches.takeAll().get(0);
      }
    } finally {
      lock.unlock();
    }
    if (unwanted != null) {
      giveBack(unwanted);
    }
  }

  /** Whoever asks for the function's requests is to ask the server, and hears why from it. */
  void onRefused(final String function) {
    lock.lock();
    try {
      fetchesOf(function).onRefused(nanoTime.getAsLong() + REFUSED_NS);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(final DrpcRequest request) {
    fail(request.id());
  }

  private DrpcFetches fetchesOf(final String function) {
    return functions.computeIfAbsent(function, each -> new DrpcFetches(nanoTime.getAsLong()));
  }

  /** Without a control plane there is nobody who waits for an answer either. */
  private void send(final String line, final int times) {
    final LineChannel open = channel;
    if (open == null) {
      return;
    }
    try {
      open.writeLine(
          times == 1 ? line : String.join("\n", java.util.Collections.nCopies(times, line)));
    } catch (IOException broken) {
      open.close(); // the reading thread notices and connects again
    }
  }
}
