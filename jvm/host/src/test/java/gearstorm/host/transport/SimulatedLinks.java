package gearstorm.host.transport;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The links of one life of a worker without their threads and sockets: a simulation carries the
 * frames. Outlets, queues, folds and what becomes of deltas while a peer is away are the real ones.
 */
public final class SimulatedLinks {
  private static final long ENDLESS_CREDIT = 1L << 40;
  private static final int BATCH_BYTES = 16 << 10;

  private final WorkerLinks links;
  private final Inlets inlets;
  private final LongSupplier clock;
  private final FrameBatch batch = new FrameBatch(BATCH_BYTES);

  /**
   * @param taskWorkers the worker of every task
   * @param clock nanoseconds, moved by the simulation
   */
  public SimulatedLinks(
      final int worker,
      final int incarnation,
      final Map<Integer, Integer> taskWorkers,
      final Duration grace,
      final LongSupplier clock,
      final Inlets inlets) {
    final LinkSettings settings =
        new LinkSettings(worker, incarnation, "simulated-1-1", "", taskWorkers, grace);
    this.links = new WorkerLinks(settings, (level, message, cause) -> {}, clock);
    this.inlets = inlets;
    this.clock = clock;
    links.attach(inlets);
  }

  public RemoteWorkers remote() {
    return links;
  }

  /** Whether there is anything to send to the peer, and it is time to connect to it. */
  public boolean mayConnect(final int peer) {
    final OutboundLink link = links.outboundLink(peer);
    return link != null && !link.isUp() && link.life.attemptInNs(clock.getAsLong()) <= 0;
  }

  /** An attempt to connect met this incarnation of the peer. */
  public void connected(final int peer, final int incarnation) {
    final OutboundLink link = links.outboundLink(peer);
    link.queues.resetCredits();
    link.life.connected(clock.getAsLong(), incarnation);
  }

  /** An attempt to connect met nobody. */
  public void unreachable(final int peer) {
    links.outboundLink(peer).life.unreachable(clock.getAsLong());
  }

  /** The connection is found to be over. */
  public void broken(final int peer) {
    final OutboundLink link = links.outboundLink(peer);
    link.life.broken(clock.getAsLong());
    link.queues.resetCredits();
  }

  /** What the writer does before each attempt to connect. */
  public void await(final int peer) {
    final OutboundLink link = links.outboundLink(peer);
    if (link != null && !link.isUp()) {
      link.dropWhatWaits();
    }
  }

  /**
   * One batch for the connection to this incarnation of the peer.
   *
   * @return null when the connection is over
   */
  public byte[] nextBatch(final int peer, final int incarnation) {
    final SendQueues queues = links.outboundLink(peer).queues;
    queues.credits().forEach(credit -> credit.grant(ENDLESS_CREDIT, ENDLESS_CREDIT));
    batch.clear();
    if (!queues.fillProgress(batch, incarnation)) {
      return null;
    }
    queues.fillTuples(batch);
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      batch.flush(Channels.newChannel(bytes));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  /** Takes one batch of a peer. */
  public void receive(final int peer, final byte[] frames) {
    final ByteBuffer in = ByteBuffer.wrap(frames).order(ByteOrder.LITTLE_ENDIAN);
    while (in.hasRemaining()) {
      final int bodyBytes = in.getInt() - 1;
      final byte type = in.get();
      final ByteBuffer body = in.slice(in.position(), bodyBytes).order(ByteOrder.LITTLE_ENDIAN);
      in.position(in.position() + bodyBytes);
      if (type == Frames.PROGRESS) {
        receiveProgress(peer, body);
      } else {
        receiveTuples(peer, body);
      }
    }
  }

  /** What the thread for deltas that found no room does once a millisecond. */
  public void payDebts() {
    links.lostTrees.tellRound();
    links.keeper.payRound();
  }

  private void receiveProgress(final int peer, final ByteBuffer body) {
    while (body.hasRemaining()) {
      final int task = body.getInt();
      final long root = body.getLong();
      final long xor = body.getLong();
      links.inboundPeer(peer).fold(task).put(task, root, xor, body.get() == Frames.KIND_FAIL);
    }
  }

  private void receiveTuples(final int peer, final ByteBuffer body) {
    try {
      while (body.hasRemaining()) {
        final EncodedTuple tuple = TupleFormat.decode(body);
        inlets.tupleInlet(peer, tuple.targetTask()).offer(tuple);
      }
    } catch (WireException garbled) {
      throw new UncheckedIOException(garbled);
    }
  }
}
