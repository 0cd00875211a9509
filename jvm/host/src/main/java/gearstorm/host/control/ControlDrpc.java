package gearstorm.host.control;

import gearstorm.host.spi.DrpcPort;
import gearstorm.host.spi.DrpcRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * DRPC over the control connection. Executors write to it themselves, as they would to a DRPC
 * server, and never while they hold the lock: what control says is always taken in.
 */
final class ControlDrpc implements DrpcPort {
  /** In UTF-16 units; JSON makes six bytes of one at most. */
  static final int MAX_PIECE_LENGTH = LineChannel.MAX_LINE_BYTES / 8;

  /** As long as a refused fetch lasts over Thrift. */
  private static final long REFUSED_NS = TimeUnit.SECONDS.toNanos(1);

  /** Nobody's requests come quickly any more when none has come for so long. */
  private static final long CALM_NS = TimeUnit.MILLISECONDS.toNanos(2);

  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // guarded by lock
  private final Map<String, DrpcFetches> functions = new HashMap<>();
  private final StringBuilder pieces = new StringBuilder();
  private boolean active;

  /** Null while there is no control plane that has a DRPC server; written under the lock. */
  private volatile Server server;

  ControlDrpc(final LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /**
   * @param channel to the control plane behind it
   */
  private record Server(String host, int port, LineChannel channel) {}

  @Override
  public boolean leadsTo(final String host, final int port) {
    final Server now = server;
    return now != null && now.port() == port && now.host().equals(host);
  }

  @Override
  public boolean refuses(final String function) {
    lock.lock();
    try {
      return fetchesOf(function).isRefused(nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
  }

  @Override
  public DrpcRequest take(final String function, final long waitNs, final boolean ahead)
      throws InterruptedException {
    final DrpcFetches fetches;
    final DrpcRequest request;
    final List<WorkerFrame> frames;
    lock.lock();
    try {
      if (server == null || !active) {
        return null;
      }
      fetches = fetchesOf(function);
      request = fetches.poll(nanoTime.getAsLong(), ahead);
      if (request == null) {
        fetches.onWait();
      }
      frames = asking(function, fetches);
    } finally {
      lock.unlock();
    }
    send(frames);
    if (request != null) {
      return request;
    }
    try {
      return await(function, fetches, waitNs);
    } finally {
      leave(fetches);
    }
  }

  private void leave(final DrpcFetches fetches) {
    lock.lock();
    try {
      fetches.onWaited();
    } finally {
      lock.unlock();
    }
  }

  /** What is to be said to control of the function's requests; for {@link #lock}'s owner. */
  private static List<WorkerFrame> asking(final String function, final DrpcFetches fetches) {
    final List<WorkerFrame> frames = new ArrayList<>();
    if (fetches.withdraws()) {
      frames.add(new WorkerFrame.DrpcWithdraw(function));
    }
    frames.addAll(Collections.nCopies(fetches.due(), new WorkerFrame.DrpcFetch(function)));
    return frames;
  }

  /** For who has said that it waits. */
  private DrpcRequest await(final String function, final DrpcFetches fetches, final long waitNs)
      throws InterruptedException {
    final long shortNs = Math.min(waitNs, CALM_NS);
    final List<WorkerFrame> frames;
    lock.lock();
    try {
      final DrpcRequest request = awaitLocked(fetches, fetches.isAhead() ? shortNs : waitNs);
      if (request != null || !fetches.isAhead()) {
        return request;
      }
      fetches.calm();
      frames = asking(function, fetches);
    } finally {
      lock.unlock();
    }
    send(frames);
    lock.lock();
    try {
      return awaitLocked(fetches, waitNs - shortNs);
    } finally {
      lock.unlock();
    }
  }

  private DrpcRequest awaitLocked(final DrpcFetches fetches, final long waitNs)
      throws InterruptedException {
    long leftNs = waitNs;
    DrpcRequest request = fetches.poll(nanoTime.getAsLong(), false);
    while (request == null && leftNs > 0 && server != null && active) {
      leftNs = changed.awaitNanos(leftNs);
      request = fetches.poll(nanoTime.getAsLong(), false);
    }
    return request;
  }

  @Override
  public boolean result(final String id, final String result) {
    if (result.length() > MAX_PIECE_LENGTH) {
      return false;
    }
    send(List.of(new WorkerFrame.DrpcResult(id, result)));
    return true;
  }

  @Override
  public void fail(final String id) {
    send(List.of(new WorkerFrame.DrpcFail(id)));
  }

  /** Control has a DRPC server. What was got over an earlier connection is forgotten there. */
  void onServer(final ControlFrame.Drpc frame, final LineChannel channel) {
    final List<WorkerFrame> frames = new ArrayList<>();
    lock.lock();
    try {
      server = new Server(frame.host(), frame.port(), channel);
      pieces.setLength(0);
      functions.forEach(
          (function, fetches) -> {
            fetches.takeAll();
            frames.addAll(Collections.nCopies(fetches.due(), new WorkerFrame.DrpcFetch(function)));
          });
    } finally {
      lock.unlock();
    }
    send(frames);
  }

  void onDisconnect() {
    lock.lock();
    try {
      server = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Spouts fetch while the topology is active; what none of them took by then goes back. */
  void setActive(final boolean wanted) {
    final List<WorkerFrame> frames = new ArrayList<>();
    lock.lock();
    try {
      if (active == wanted) {
        return;
      }
      active = wanted;
      if (!wanted) {
        functions.forEach(
            (function, fetches) -> {
              frames.add(new WorkerFrame.DrpcWithdraw(function));
              final List<DrpcRequest> untouched = fetches.takeAll();
              Collections.reverse(untouched); // each becomes the first of control's queue
              untouched.forEach(request -> frames.addAll(returned(request)));
            });
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    send(frames);
  }

  void onRequest(final ControlFrame.DrpcRequestPiece piece) {
    final DrpcRequest unwanted;
    lock.lock();
    try {
      pieces.append(piece.args());
      if (piece.more()) {
        return;
      }
      final DrpcRequest request = new DrpcRequest(piece.id(), pieces.toString());
      pieces.setLength(0);
      if (active) {
        fetchesOf(piece.function()).onRequest(request);
        changed.signalAll();
        return;
      }
      unwanted = request;
    } finally {
      lock.unlock();
    }
    send(returned(unwanted));
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

  /** For {@link #lock}'s owner. */
  private DrpcFetches fetchesOf(final String function) {
    return functions.computeIfAbsent(function, each -> new DrpcFetches(nanoTime.getAsLong()));
  }

  private static List<WorkerFrame> returned(final DrpcRequest request) {
    final String args = request.args();
    final List<WorkerFrame> frames = new ArrayList<>();
    int start = 0;
    do {
      final int end = Math.min(args.length(), start + MAX_PIECE_LENGTH);
      final boolean more = end < args.length();
      frames.add(new WorkerFrame.DrpcReturn(request.id(), args.substring(start, end), more));
      start = end;
    } while (start < args.length());
    return frames;
  }

  /** Without a control plane there is nobody who waits for an answer either. */
  private void send(final List<WorkerFrame> frames) {
    final Server now = server;
    if (now == null || frames.isEmpty()) {
      return;
    }
    try {
      now.channel()
          .writeLine(frames.stream().map(FrameText::write).collect(Collectors.joining("\n")));
    } catch (IOException broken) {
      now.channel().close(); // the reading thread notices and connects again
    }
  }
}
