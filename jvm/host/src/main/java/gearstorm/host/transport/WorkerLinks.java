package gearstorm.host.transport;

import gearstorm.host.executor.Outlet;
import gearstorm.host.executor.ProgressOutlet;
import gearstorm.host.progress.TreeCounts;
import gearstorm.host.spi.LogLevel;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * The links between this worker and the others of its topology, over Unix sockets. Outlets may be
 * taken at once; nothing moves before {@link #start}. A connection goes one way: this worker opens
 * one to each worker it has something for, and listens for those of the others.
 */
public final class WorkerLinks implements RemoteWorkers, AutoCloseable {
  private static final int BACKLOG = 128;
  private static final long ACCEPT_RETRY_NS = 100_000_000L;

  private final LinkSettings settings;
  private final LinkLog log;
  private final LongSupplier clock;
  final FoldKeeper keeper = new FoldKeeper();
  final LostTrees lostTrees = new LostTrees(this::failRoot);
  private final Map<Integer, OutboundLink> outbound = new ConcurrentHashMap<>();
  private final Map<Integer, InboundPeer> inbound = new ConcurrentHashMap<>();
  private final Set<InboundLink> connections = ConcurrentHashMap.newKeySet();

  /** Ways to tell spouts of other workers that a tree is lost, by spout task. */
  private final Map<Integer, DeltaFold> remoteFails = new ConcurrentHashMap<>();

  // written once by start(), under this
  private volatile ServerSocketChannel listener;
  private volatile Inlets inlets;

  private volatile boolean closed;

  /** Makes links that measure time with {@link System#nanoTime}. */
  public WorkerLinks(final LinkSettings settings, final LinkLog log) {
    this(settings, log, System::nanoTime);
  }

  WorkerLinks(final LinkSettings settings, final LinkLog log, final LongSupplier clock) {
    this.settings = settings;
    this.log = log;
    this.clock = clock;
  }

  /**
   * Listens and connects. A socket file that a dead worker left is replaced.
   *
   * @throws IOException when the socket cannot be bound
   * @throws IllegalArgumentException when its path is too long
   */
  public synchronized void start(final Inlets localInlets) throws IOException {
    final UnixDomainSocketAddress address = settings.address(settings.worker());
    Files.deleteIfExists(address.getPath());
    final ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(address, BACKLOG);
    attach(localInlets);
    listener = channel;
    Threads.start("gearstorm-fold-keeper", keeper);
    Threads.start("gearstorm-lost-trees", lostTrees);
    Threads.start("gearstorm-accept", this::accept);
    outbound.forEach(this::startLink);
  }

  /** Names the executors of this process, before anything arrives for them. */
  void attach(final Inlets localInlets) {
    inlets = localInlets;
  }

  /** The way to a peer; null when there is nothing to send to it. */
  OutboundLink outboundLink(final int peer) {
    return outbound.get(peer);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when no other worker runs the task
   */
  @Override
  public Outlet outlet(final int sourceTask, final int targetTask) {
    return linkTo(targetTask).outlet(sourceTask, targetTask);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException when no other worker runs the task
   */
  @Override
  public ProgressOutlet progressOutlet(final int spoutTask) {
    return linkTo(spoutTask).progressOutlet();
  }

  @Override
  public TreeCounts treeCounts() {
    return (spoutTask, root, component, tuples) ->
        linkTo(spoutTask).countTree(spoutTask, root, component, tuples);
  }

  /** One entry for each peer that there was anything to do with, by index. */
  public List<LinkStats> stats() {
    final Set<Integer> peers = new TreeSet<>(outbound.keySet());
    peers.addAll(inbound.keySet());
    final List<LinkStats> all = new ArrayList<>();
    for (final int peer : peers) {
      all.add(statsOf(peer));
    }
    return all;
  }

  /** Ends all connections at once; what was not sent is lost. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (listener != null) {
      listener.close();
    }
    outbound.values().forEach(OutboundLink::close);
    connections.forEach(InboundLink::close);
    keeper.close();
    lostTrees.close();
  }

  private OutboundLink linkTo(final int task) {
    final int peer = settings.workerOf(task);
    if (peer == settings.worker()) {
      throw new IllegalArgumentException("task %d runs in this worker".formatted(task));
    }
    final OutboundLink known = outbound.get(peer);
    return known == null ? newLink(peer) : known;
  }

  private synchronized OutboundLink newLink(final int peer) {
    return outbound.computeIfAbsent(
        peer,
        index -> {
          final OutboundLink link =
              new OutboundLink(
                  index, settings, log, clock, (task, root) -> lostTrees.add(index, task, root));
          if (listener != null && !closed) {
            startLink(index, link);
          }
          return link;
        });
  }

  private void startLink(final int peer, final OutboundLink link) {
    Threads.start("gearstorm-link-to-worker-" + peer, link);
  }

  private void accept() {
    while (!closed) {
      try {
        serve(listener.accept());
      } catch (IOException e) {
        if (!closed) {
          log.log(LogLevel.WARN, "could not accept a data connection", e);
          LockSupport.parkNanos(ACCEPT_RETRY_NS);
        }
      }
    }
  }

  private void serve(final SocketChannel channel) {
    final InboundLink link = new InboundLink(channel, settings, this::inboundPeer, inlets, log);
    connections.add(link);
    if (closed) {
      link.close();
    }
    Threads.start(
        "gearstorm-link-in",
        () -> {
          link.run();
          connections.remove(link);
        });
  }

  /** What came from a peer, after {@link #attach}. */
  InboundPeer inboundPeer(final int peer) {
    return inbound.computeIfAbsent(peer, index -> new InboundPeer(index, inlets, keeper));
  }

  /**
   * A tuple for a lost peer was dropped: its tree fails, as if the peer had failed it. Also a tree
   * of that peer: it may be of a life that has begun since.
   */
  private void failRoot(final int lostPeer, final int spoutTask, final long root) {
    final DeltaFold way =
        settings.isLocal(spoutTask)
            ? inboundPeer(lostPeer).fold(spoutTask)
            : remoteFails.computeIfAbsent(
                spoutTask, task -> new DeltaFold(progressOutlet(task), keeper));
    way.put(spoutTask, root, 0, true);
    way.signal();
  }

  private LinkStats statsOf(final int peer) {
    final OutboundLink out = outbound.get(peer);
    final InboundPeer in = inbound.get(peer);
    return new LinkStats(
        peer,
        out != null && out.isUp(),
        out == null ? 0 : out.connects.get(),
        out == null ? 0 : out.tuplesSent.get(),
        out == null ? 0 : out.bytesSent.get(),
        out == null ? 0 : out.tuplesDropped.sum(),
        in == null ? 0 : in.tuplesReceived.get(),
        in == null ? 0 : in.bytesReceived.get());
  }
}
