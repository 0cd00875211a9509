package gearstorm.host.transport;

import gearstorm.host.executor.ProgressOutlet;
import gearstorm.host.progress.RootId;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one peer has sent us, over all of its connections; at most one of them is read at a time.
 */
final class InboundPeer {
  final AtomicLong tuplesReceived = new AtomicLong();
  final AtomicLong bytesReceived = new AtomicLong();

  private final int peer;
  private final Inlets inlets;
  private final FoldKeeper keeper;

  /** Used by the reader of the current connection only. */
  private final Map<Integer, ReceiveWindow> windows = new HashMap<>();

  private final Map<Integer, DeltaFold> folds = new ConcurrentHashMap<>();

  /** Guarded by itself; the spout tasks of one executor may share an inlet, and then its lock. */
  private final IdentityHashMap<Inlets.ProgressInlet, DeltaFold> foldsByInlet =
      new IdentityHashMap<>();

  /** Guarded by this. */
  private InboundLink current;

  /** Guarded by this; 0 before the first connection. */
  private int incarnation;

  /** Whose credit an executor's progress concerns; null when the peer is not connected. */
  private volatile CreditGranter granter;

  InboundPeer(final int peer, final Inlets inlets, final FoldKeeper keeper) {
    this.peer = peer;
    this.inlets = inlets;
    this.keeper = keeper;
  }

  /**
   * Makes a connection the peer's only one: ends the one before and waits for its reader, so that
   * inlets have one producer.
   *
   * @throws RefusedException when a younger process of the same worker has connected already
   */
  synchronized void claim(final InboundLink link, final int linkIncarnation)
      throws RefusedException, InterruptedException {
    if (incarnation != 0 && RootId.isOlder(linkIncarnation, incarnation)) {
      throw new RefusedException(
          "worker %d was started again: incarnation %d has come after %d"
              .formatted(peer, incarnation, linkIncarnation));
    }
    if (current != null) {
      current.close();
      current.awaitEnd();
    }
    current = link;
    incarnation = linkIncarnation;
    granter = link.granter();
  }

  /** The window of one local task; the current connection's reader. */
  ReceiveWindow window(final int task) {
    return windows.computeIfAbsent(task, this::newWindow);
  }

  /** The way to a local spout task for what this peer knows of its roots. Any thread. */
  DeltaFold fold(final int spoutTask) {
    return folds.computeIfAbsent(spoutTask, this::newFold);
  }

  private ReceiveWindow newWindow(final int task) {
    final Inlets.TupleInlet inlet = inlets.tupleInlet(peer, task);
    inlet.onTaken(this::wakeGranter);
    return new ReceiveWindow(task, inlet);
  }

  private void wakeGranter() {
    final CreditGranter target = granter;
    if (target != null) {
      target.wake();
    }
  }

  private DeltaFold newFold(final int spoutTask) {
    final Inlets.ProgressInlet inlet = inlets.progressInlet(peer, spoutTask);
    synchronized (foldsByInlet) {
      return foldsByInlet.computeIfAbsent(inlet, key -> new DeltaFold(new InletWay(key), keeper));
    }
  }

  private record InletWay(Inlets.ProgressInlet inlet) implements ProgressOutlet {
    @Override
    public boolean offer(
        final int rootTask, final long root, final long xor, final boolean failed) {
      return inlet.offer(rootTask, root, xor, failed);
    }

    @Override
    public void signal() {
      inlet.signal();
    }
  }
}
