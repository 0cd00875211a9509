package gearstorm.host.transport;

import gearstorm.host.spi.LogLevel;
import gearstorm.host.transport.Frames.Hello;
import gearstorm.host.transport.Frames.HelloAck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;

/**
 * One connection on which a peer sends: shakes hands, then puts frames' contents into inlets,
 * without looking into values. Runs on its reader thread until the connection ends.
 */
final class InboundLink implements Runnable {
  private final SocketChannel channel;
  private final LinkSettings settings;
  private final IntFunction<InboundPeer> peers;
  private final Inlets inlets;
  private final LinkLog log;
  private final CreditGranter granter;
  private final FrameReader reader;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile boolean closed;

  // the reader's own, after the handshake
  private final Map<Integer, ReceiveWindow> opened = new HashMap<>();
  private final List<ReceiveWindow> openedList = new ArrayList<>();
  private final Set<DeltaFold> touchedFolds = new LinkedHashSet<>();
  private InboundPeer peer;
  private String name = "a data connection";

  InboundLink(
      final SocketChannel channel,
      final LinkSettings settings,
      final IntFunction<InboundPeer> peers,
      final Inlets inlets,
      final LinkLog log) {
    this.inlets = inlets;
    this.channel = channel;
    this.settings = settings;
    this.peers = peers;
    this.log = log;
    this.granter = new CreditGranter(channel);
    this.reader = new FrameReader(channel, FrameReader.DATA_BYTES);
  }

  CreditGranter granter() {
    return granter;
  }

  /** Ends the connection; any thread. */
  void close() {
    closed = true;
    closeChannel();
  }

  void awaitEnd() throws InterruptedException {
    ended.await();
  }

  @Override
  public void run() {
    try {
      if (shakeHands()) {
        Threads.start("gearstorm-credit-to-" + name, granter);
        readFrames();
      }
    } catch (RefusedException e) {
      refuse(e.getMessage());
    } catch (IOException | RuntimeException e) {
      complain(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      closeChannel();
      granter.close();
      ended.countDown();
    }
  }

  private boolean shakeHands() throws IOException, InterruptedException {
    if (!reader.next()) {
      return false;
    }
    if (reader.type() != Frames.HELLO) {
      throw new WireException("it began with a frame of type " + reader.type());
    }
    final Hello hello = Hello.decode(reader.body());
    check(hello);
    name = "worker-" + hello.senderWorker();
    Thread.currentThread().setName("gearstorm-link-from-" + name);
    peer = peers.apply(hello.senderWorker());
    peer.claim(this, hello.senderIncarnation());
    FrameBatch.writeFully(
        channel, new HelloAck(WireVersion.CURRENT, settings.incarnation()).encode());
    return true;
  }

  private void check(final Hello hello) throws RefusedException {
    if (hello.wireVersion() != WireVersion.CURRENT) {
      throw new RefusedException(
          "this worker speaks wire version %d, not %d"
              .formatted(WireVersion.CURRENT, hello.wireVersion()));
    }
    if (!hello.stormId().equals(settings.stormId())) {
      throw new RefusedException("this worker belongs to topology " + settings.stormId());
    }
    if (hello.receiverWorker() != settings.worker()) {
      throw new RefusedException("this is worker " + settings.worker());
    }
    if (!settings.taskWorkers().containsValue(hello.senderWorker())) {
      throw new RefusedException("no task belongs to worker " + hello.senderWorker());
    }
  }

  private void readFrames() throws IOException {
    while (reader.next()) {
      peer.bytesReceived.addAndGet(reader.frameBytes());
      final ByteBuffer body = reader.body();
      switch (reader.type()) {
        case Frames.TUPLES -> readTuples(body);
        case Frames.PROGRESS -> readProgress(body);
        case Frames.TREES -> readTrees(body);
        case Frames.OPEN -> readOpen(body);
        default -> throw new WireException("frames of type " + reader.type() + " are unknown");
      }
    }
  }

  private void readTuples(final ByteBuffer body) throws WireException {
    try {
      long count = 0;
      while (body.hasRemaining()) {
        deliver(TupleFormat.decode(body));
        count++;
      }
      peer.tuplesReceived.addAndGet(count);
    } finally {
      // Also what came before an entry that ends the connection: its task may be asleep.
      for (final ReceiveWindow window : openedList) {
        window.signal();
      }
    }
  }

  private void deliver(final EncodedTuple tuple) throws WireException {
    final ReceiveWindow window = opened.get(tuple.targetTask());
    if (window == null) {
      throw new WireException(
          "it sent a tuple for task %d without asking".formatted(tuple.targetTask()));
    }
    if (!window.offer(tuple)) {
      throw new WireException(
          "it sent more tuples for task %d than it was granted".formatted(tuple.targetTask()));
    }
  }

  private void readProgress(final ByteBuffer body) throws WireException {
    try {
      while (body.hasRemaining()) {
        Frames.require(body, Frames.DELTA_BYTES, "progress");
        final int task = localTask(body);
        final long root = body.getLong();
        final long xor = body.getLong();
        final DeltaFold fold = peer.fold(task);
        fold.put(task, root, xor, body.get() == Frames.KIND_FAIL);
        touchedFolds.add(fold);
      }
    } finally {
      touchedFolds.forEach(DeltaFold::signal);
      touchedFolds.clear();
    }
  }

  private void readTrees(final ByteBuffer body) throws WireException {
    while (body.hasRemaining()) {
      Frames.require(body, Frames.TREE_BYTES, "trees");
      final int task = localTask(body);
      inlets.treeCount(task, body.getLong(), body.getShort() & 0xffff, body.getInt());
    }
  }

  private void readOpen(final ByteBuffer body) throws WireException {
    while (body.hasRemaining()) {
      Frames.require(body, 4, "open");
      final int task = localTask(body);
      if (!opened.containsKey(task)) {
        final ReceiveWindow window = peer.window(task);
        opened.put(task, window);
        openedList.add(window);
        granter.add(window.newGrant());
      }
    }
  }

  private int localTask(final ByteBuffer body) throws WireException {
    final int task = body.getInt();
    if (!settings.isLocal(task)) {
      throw new WireException("task %d does not run here".formatted(task));
    }
    return task;
  }

  private void refuse(final String reason) {
    log.log(LogLevel.WARN, "refused a data connection: " + reason, null);
    try {
      FrameBatch.writeFully(channel, Frames.encodeRefused(reason));
    } catch (IOException e) {
      log.log(LogLevel.INFO, "could not say why a data connection was refused", e);
    }
  }

  /** Says why the connection ends, unless it was ended from here. */
  private void complain(final Exception problem) {
    if (closed) {
      return;
    }
    if (problem instanceof WireException) {
      log.log(
          LogLevel.WARN,
          "closed the data connection of " + name + ": " + problem.getMessage(),
          null);
    } else if (problem instanceof IOException) {
      log.log(
          LogLevel.INFO,
          "the data connection of " + name + " broke: " + problem.getMessage(),
          null);
    } else {
      log.log(LogLevel.ERROR, "closed the data connection of " + name, problem);
    }
  }

  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      log.log(LogLevel.WARN, "could not close the data connection of " + name, e);
    }
  }
}
