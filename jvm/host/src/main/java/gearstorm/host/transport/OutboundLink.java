package gearstorm.host.transport;

import gearstorm.host.executor.Outlet;
import gearstorm.host.executor.ProgressOutlet;
import gearstorm.host.progress.RootId;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.LogLevel;
import gearstorm.host.transport.PeerLife.Verdict;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * The way to one peer through all of its lives: hands out outlets, connects and connects again, and
 * decides what becomes of tuples while the peer is away. Runs on the link's writer thread.
 */
final class OutboundLink implements Runnable {
  final AtomicLong connects = new AtomicLong();
  final AtomicLong tuplesSent = new AtomicLong();
  final AtomicLong bytesSent = new AtomicLong();
  final LongAdder tuplesDropped = new LongAdder();

  private final int peer;
  private final LinkSettings settings;
  private final LinkLog log;
  private final LongSupplier clock;
  private final TupleFormat.RootVisitor rootsLost;
  final PeerLife life;
  final SendQueues queues = new SendQueues();

  private final Doorbell bell = new Doorbell();
  private final FrameBatch batch = new FrameBatch(FrameBatch.DATA_BYTES);

  /** The connection to end when this link closes; written by the writer. */
  private volatile OutboundConnection connection;

  private volatile boolean closed;

  /** The last thing said about failing to connect, so that it is said once; the writer's own. */
  private String lastComplaint = "";

  /**
   * Makes a link that does nothing until it runs.
   *
   * @param clock nanoseconds, from any origin
   * @param rootsLost hears of the trees of every tuple that is dropped, on any thread
   */
  OutboundLink(
      final int peer,
      final LinkSettings settings,
      final LinkLog log,
      final LongSupplier clock,
      final TupleFormat.RootVisitor rootsLost) {
    this.peer = peer;
    this.settings = settings;
    this.log = log;
    this.clock = clock;
    this.rootsLost = rootsLost;
    this.life = new PeerLife(clock.getAsLong(), settings.grace().toNanos());
  }

  Outlet outlet(final int sourceTask, final int targetTask) {
    final SendCredit credit = queues.creditOf(targetTask);
    bell.ring(); // the writer asks for the credit of a new task
    return new TupleOutlet(queues.ringOf(sourceTask), credit);
  }

  ProgressOutlet progressOutlet() {
    return new DeltaOutlet(queues.newDeltaRing());
  }

  void countTree(final int spoutTask, final long root, final int component, final int tuples) {
    queues.trees().add(spoutTask, root, component, tuples);
    bell.ring();
  }

  boolean isUp() {
    return life.isUp();
  }

  void close() {
    closed = true;
    bell.ring();
    final OutboundConnection current = connection;
    if (current != null) {
      current.abort();
    }
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        awaitAttempt();
        attempt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void awaitAttempt() {
    long waitNs = life.attemptInNs(clock.getAsLong());
    while (waitNs > 0 && !closed) {
      dropWhatWaits();
      bell.sleep(() -> closed, waitNs);
      waitNs = life.attemptInNs(clock.getAsLong());
    }
  }

  private void attempt() throws InterruptedException {
    try (OutboundConnection opened = new OutboundConnection(peer, settings, queues, bell, batch)) {
      connection = opened;
      if (closed) {
        return;
      }
      final int incarnation = opened.open();
      life.connected(clock.getAsLong(), incarnation);
      connects.incrementAndGet();
      lastComplaint = "";
      log.log(
          LogLevel.INFO,
          "connected to worker %d, incarnation %d".formatted(peer, incarnation),
          null);
      opened.pump(tuplesSent, bytesSent);
    } catch (RefusedException e) {
      life.refused(clock.getAsLong());
      complain("refuses connections: " + e.getMessage());
    } catch (IOException | RuntimeException e) {
      fallBack(e);
    }
  }

  private void fallBack(final Exception problem) {
    final long nowNs = clock.getAsLong();
    if (life.isUp()) {
      life.broken(nowNs);
      complain("is gone: " + problem.getMessage());
    } else {
      life.unreachable(nowNs);
      complain("cannot be reached: " + problem.getMessage());
    }
    if (problem instanceof RuntimeException) {
      log.log(LogLevel.ERROR, "the link to worker %d failed".formatted(peer), problem);
    }
  }

  /** Once the grace is over, what still waits is dropped like what comes after it. */
  void dropWhatWaits() {
    if (life.verdict(clock.getAsLong()) == Verdict.DROP) {
      tuplesDropped.add(queues.discard(rootsLost));
    }
  }

  private void complain(final String what) {
    if (!closed && !what.equals(lastComplaint)) {
      lastComplaint = what;
      log.log(LogLevel.WARN, "worker %d %s".formatted(peer, what), null);
    }
  }

  private boolean mayDrop() {
    return life.verdict(clock.getAsLong()) == Verdict.DROP;
  }

  /** One executor's way to one task of the peer. */
  private final class TupleOutlet implements Outlet {
    private final SendRing ring;
    private final SendCredit credit;

    TupleOutlet(final SendRing ring, final SendCredit credit) {
      this.ring = ring;
      this.credit = credit;
    }

    @Override
    public boolean offer(final HostTuple tuple, final int kibibytes, final byte[] payload) {
      // Before the right to send is taken: it throws for what no frame can hold.
      final int bytes = TupleFormat.bytes(tuple, payload);
      if (!ring.hasRoom() || !credit.tryAccept(bytes)) {
        return dropIfLost(tuple);
      }
      ring.put(credit, TupleFormat.encode(tuple, payload));
      return true;
    }

    @Override
    public boolean isOpening() {
      return !credit.isGranted();
    }

    @Override
    public void signal() {
      bell.ring();
    }

    private boolean dropIfLost(final HostTuple tuple) {
      if (!mayDrop()) {
        return false;
      }
      tuplesDropped.increment();
      TupleFormat.visitRoots(tuple, rootsLost);
      return true;
    }
  }

  /** One executor's way to one spout executor of the peer. */
  private final class DeltaOutlet implements ProgressOutlet {
    private final DeltaRing ring;

    DeltaOutlet(final DeltaRing ring) {
      this.ring = ring;
    }

    /** Deltas for a life that is over are lost with its table of pending roots. */
    @Override
    public boolean offer(
        final int rootTask, final long root, final long xor, final boolean failed) {
      return ring.offer(rootTask, root, xor, failed)
          || life.mayDropDelta(RootId.incarnation(root), clock.getAsLong());
    }

    @Override
    public void signal() {
      bell.ring();
    }
  }
}
