package gearstorm.host.transport;

import gearstorm.host.transport.Frames.Hello;
import gearstorm.host.transport.Frames.HelloAck;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One connection to a peer, from the opener's side: the link's writer connects and pumps, a second
 * thread reads credit.
 */
final class OutboundConnection implements AutoCloseable {
  private final int peer;
  private final LinkSettings settings;
  private final SendQueues queues;
  private final Doorbell bell;
  private final SocketChannel channel;
  private final FrameBatch batch;

  /** Set once connected, before the credit reader starts. */
  private FrameReader reader;

  /** Set once connected. */
  private int receiverIncarnation;

  /** Tasks whose credit was asked for, counted in the order of {@link SendQueues#credits}. */
  private int opened;

  /** Why the connection is over; written by the credit reader or whoever closes. */
  private volatile IOException broken;

  OutboundConnection(
      final int peer,
      final LinkSettings settings,
      final SendQueues queues,
      final Doorbell bell,
      final FrameBatch batch)
      throws IOException {
    this.peer = peer;
    this.settings = settings;
    this.queues = queues;
    this.bell = bell;
    this.batch = batch;
    this.channel = SocketChannel.open(StandardProtocolFamily.UNIX);
  }

  /**
   * Connects and shakes hands.
   *
   * @return the peer's incarnation
   * @throws RefusedException when the two ends do not belong together
   */
  int open() throws IOException {
    channel.connect(settings.address(peer));
    reader = new FrameReader(channel, FrameReader.CREDIT_BYTES);
    final Hello hello =
        new Hello(
            WireVersion.CURRENT,
            settings.worker(),
            peer,
            settings.incarnation(),
            settings.stormId());
    FrameBatch.writeFully(channel, hello.encode());
    if (!reader.next()) {
      throw new IOException("it closed the connection before it answered");
    }
    if (reader.type() == Frames.REFUSED) {
      throw new RefusedException(Frames.text(reader.body()));
    }
    if (reader.type() != Frames.HELLO_ACK) {
      throw new WireException("it answered with a frame of type " + reader.type());
    }
    final HelloAck ack = HelloAck.decode(reader.body());
    if (ack.wireVersion() != WireVersion.CURRENT) {
      throw new RefusedException("it speaks wire version " + ack.wireVersion());
    }
    receiverIncarnation = ack.receiverIncarnation();
    return receiverIncarnation;
  }

  /**
   * Sends whatever waits until the connection breaks.
   *
   * @throws IOException always, with the reason
   */
  void pump(final AtomicLong tuplesSent, final AtomicLong bytesSent)
      throws IOException, InterruptedException {
    batch.clear();
    queues.resetCredits();
    final Thread creditReader =
        Threads.start("gearstorm-credit-from-worker-" + peer, this::readCredits);
    try {
      while (broken == null) {
        openTasks();
        if (!queues.fillProgress(batch, receiverIncarnation)) {
          throw new IOException("it has begun another life");
        }
        queues.trees().fill(batch);
        tuplesSent.addAndGet(queues.fillTuples(batch));
        final byte[] large = queues.takeLarge();
        if (batch.isEmpty() && large == null) {
          bell.sleep(this::hasWork);
        } else {
          bytesSent.addAndGet(batch.flush(channel));
        }
        if (large != null) {
          tuplesSent.incrementAndGet();
          bytesSent.addAndGet(batch.flushAlone(channel, large));
        }
      }
      throw broken;
    } finally {
      channel.close();
      creditReader.join();
      queues.resetCredits();
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Ends the connection from another thread than the writer's, which then finds out why. */
  void abort() {
    broken = new IOException("this worker closed the connection");
    bell.ring();
    closeChannel();
  }

  private boolean hasWork() {
    return broken != null || opened < queues.credits().size() || queues.hasSendable();
  }

  private void openTasks() {
    final List<SendCredit> credits = queues.credits();
    batch.begin(Frames.OPEN);
    while (opened < credits.size() && batch.remaining() >= 4) {
      batch.putTask(credits.get(opened++).targetTask());
    }
    batch.end();
  }

  private void readCredits() {
    IOException reason = new IOException("the peer closed the connection");
    try {
      while (reader.next()) {
        if (reader.type() != Frames.CREDIT) {
          throw new WireException("frames of type " + reader.type() + " are unknown");
        }
        takeCredits(reader.body());
        bell.ring();
      }
    } catch (IOException e) {
      reason = e;
    } catch (RuntimeException e) {
      reason = new IOException(e);
    }
    broken = reason;
    bell.ring();
    closeChannel();
  }

  /** Frees a writer that waits for a peer which no longer reads. */
  private void closeChannel() {
    try {
      channel.close();
    } catch (IOException e) {
      broken.addSuppressed(e);
    }
  }

  private void takeCredits(final ByteBuffer body) throws WireException {
    while (body.hasRemaining()) {
      Frames.require(body, Frames.CREDIT_BYTES, "credit");
      final int task = body.getInt();
      final long tuples = body.getLong();
      final long bytes = body.getLong();
      if (settings.taskWorkers().getOrDefault(task, -1) != peer) {
        throw new WireException("it grants credit for task %d, not its own".formatted(task));
      }
      if (!queues.creditOf(task).grant(tuples, bytes)) {
        throw new WireException("it takes back credit for task " + task);
      }
    }
  }
}
