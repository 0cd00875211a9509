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
 * server, and never while they hold the lock: what control says is always taken in. What is to be
 * said is put down under the lock and leaves in that order, so that who counts what was asked for
 * here counts what control has heard.
 */
final class ControlDrpc implements DrpcPort {
  /** In UTF-16 units; JSON makes six bytes of one at most. */
  static final int MAX_PIECE_LENGTH = LineChannel.MAX_LINE_BYTES / 8;

  /** As long as a refused fetch lasts over Thrift. */
  private static final long REFUSED_NS = TimeUnit.SECONDS.toNanos(1);

  /** Nobody's requests come quickly any more when none has come for so long. */
  private static final long CALM_NS = TimeUnit.MILLISECONDS.toNanos(2);

  private final LongSupplier nanoTime;

  /** Held by who writes; taken before {@link #lock}, never while that is held. */
  private final ReentrantLock talking = new ReentrantLock();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // guarded by lock
  private final Map<String, DrpcFetches> functions = new HashMap<>();
  private StringBuilder pieces = new StringBuilder();

  /** For the present server; empty while there is none. */
  private final List<WorkerFrame> unsent = new ArrayList<>();

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
    final boolean isQuiet;
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
      ask(function, fetches);
      isQuiet = unsent.isEmpty();
    } finally {
      lock.unlock();
    }
    if (!isQuiet) { // who has its request and nothing to say does not wait for who writes
      flush();
    }
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

  /** Says to control what it is to know of the function's requests; for {@link #lock}'s owner. */
  private void ask(final String function, final DrpcFetches fetches) {
    if (fetches.withdraws()) {
      say(new WorkerFrame.DrpcWithdraw(function));
    }
    for (int due = fetches.due(); due > 0; due--) {
      say(new WorkerFrame.DrpcFetch(function));
    }
  }

  /** For who has said that it waits. */
  private DrpcRequest await(final String function, final DrpcFetches fetches, final long waitNs)
      throws InterruptedException {
    final long shortNs = Math.min(waitNs, CALM_NS);
    lock.lock();
    try {
      final DrpcRequest request = awaitLocked(fetches, fetches.isAhead() ? shortNs : waitNs);
      if (request != null || !fetches.isAhead()) {
        return request;
      }
      fetches.calm();
      ask(function, fetches);
    } finally {
      lock.unlock();
    }
    flush();
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
    // Storm's own client refuses a null, and says so to its caller.
    return result != null
        && result.length() <= MAX_PIECE_LENGTH
        && tell(new WorkerFrame.DrpcResult(id, result));
  }

  @Override
  public boolean fail(final String id) {
    return tell(new WorkerFrame.DrpcFail(id));
  }

  /** Whether it went to a control plane whose connection held. */
  private boolean tell(final WorkerFrame frame) {
    final Server to;
    lock.lock();
    try {
      to = server;
      say(frame);
    } finally {
      lock.unlock();
    }
    flush();
    return to != null && to.equals(server);
  }

  /** Control has a DRPC server. What was got over an earlier connection is forgotten there. */
  void onServer(final ControlFrame.Drpc frame, final LineChannel channel) {
    lock.lock();
    try {
      forget();
      server = new Server(frame.host(), frame.port(), channel);
      functions.forEach(this::ask);
    } finally {
      lock.unlock();
    }
    flush();
  }

  void onDisconnect() {
    lock.lock();
    try {
      forget();
    } finally {
      lock.unlock();
    }
  }

  /** For {@link #lock}'s owner. */
  private void forget() {
    server = null;
    unsent.clear();
    pieces = new StringBuilder();
    functions.values().forEach(DrpcFetches::takeAll);
    changed.signalAll();
  }

  /** Spouts fetch while the topology is active; what none of them took by then goes back. */
  void setActive(final boolean wanted) {
    lock.lock();
    try {
      if (active == wanted) {
        return;
      }
      active = wanted;
      if (!wanted) {
        functions.forEach(this::giveUp);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
    flush();
  }

  /** To be called now and then: what is meant for a spout that comes no more is for another one. */
  void tidy() {
    lock.lock();
    try {
      final long nowNs = nanoTime.getAsLong();
      functions.forEach(
          (function, fetches) -> {
            if (fetches.isForsaken(nowNs)) {
              giveUp(function, fetches);
            }
          });
    } finally {
      lock.unlock();
    }
    flush();
  }

  /** For {@link #lock}'s owner. */
  private void giveUp(final String function, final DrpcFetches fetches) {
    say(new WorkerFrame.DrpcWithdraw(function));
    final List<DrpcRequest> untouched = fetches.takeAll();
    Collections.reverse(untouched); // each becomes the first of control's queue
    untouched.forEach(this::giveBack);
  }

  void onRequest(final ControlFrame.DrpcRequestPiece piece) {
    lock.lock();
    try {
      pieces.append(piece.args());
      if (piece.more()) {
        return;
      }
      final DrpcRequest request = new DrpcRequest(piece.id(), pieces.toString());
      pieces = new StringBuilder();
      if (active) {
        fetchesOf(piece.function()).onRequest(request);
        changed.signalAll();
        return;
      }
      giveBack(request);
    } finally {
      lock.unlock();
    }
    flush();
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

  /** For {@link #lock}'s owner. */
  private void giveBack(final DrpcRequest request) {
    final String args = request.args();
    int start = 0;
    do {
      final int end = endOfPiece(args, start);
      say(
          new WorkerFrame.DrpcReturn(
              request.id(), args.substring(start, end), end < args.length()));
      start = end;
    } while (start < args.length());
  }

  /** A character of two units stays whole: half of one cannot be written. */
  private static int endOfPiece(final String text, final int start) {
    final int end = Math.min(text.length(), start + MAX_PIECE_LENGTH);
    return end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end;
  }

  /** For {@link #lock}'s owner, who calls {@link #flush} when it is that no more. */
  private void say(final WorkerFrame frame) {
    if (server != null) {
      unsent.add(frame);
    }
  }

  /** Writes what is unsent, by whomever it was said. */
  private void flush() {
    // A write of an interrupted thread would close the connection, for everybody.
    final boolean interrupted = Thread.interrupted();
    talking.lock();
    try {
      write();
    } finally {
      talking.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void write() {
    final Server to;
    final List<WorkerFrame> frames;
    lock.lock();
    try {
      to = server;
      frames = List.copyOf(unsent);
      unsent.clear();
    } finally {
      lock.unlock();
    }
    if (frames.isEmpty()) {
      return;
    }
    try {
      to.channel()
          .writeLine(frames.stream().map(FrameText::write).collect(Collectors.joining("\n")));
    } catch (IOException broken) {
      to.channel().close(); // the reading thread notices and connects again
      onBroken(to);
    }
  }

  private void onBroken(final Server gone) {
    lock.lock();
    try {
      if (gone.equals(server)) {
        forget();
      }
    } finally {
      lock.unlock();
    }
  }
}
