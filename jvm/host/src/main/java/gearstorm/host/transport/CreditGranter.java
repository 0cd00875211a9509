package gearstorm.host.transport;

import gearstorm.host.transport.ReceiveWindow.Grant;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Tells the peer of one connection what it may send. A thread of its own, so that a peer that does
 * not read holds up nothing but itself; it sleeps until an executor has taken a quarter of a
 * window.
 */
final class CreditGranter implements Runnable {
  private final WritableByteChannel channel;
  private final Doorbell bell = new Doorbell();
  private final List<Grant> grants = new CopyOnWriteArrayList<>();
  private final FrameBatch batch = new FrameBatch(FrameBatch.CREDIT_BYTES);
  private volatile boolean rung;
  private volatile boolean closed;

  CreditGranter(final WritableByteChannel channel) {
    this.channel = channel;
  }

  void add(final Grant grant) {
    grants.add(grant);
    wake();
  }

  /** Any thread, after the executor's count has advanced. */
  void wake() {
    rung = true;
    bell.ring();
  }

  void close() {
    closed = true;
    bell.ring();
  }

  @Override
  public void run() {
    try {
      while (!closed) {
        bell.sleep(() -> rung || closed);
        rung = false;
        grantWhatIsDue();
      }
    } catch (IOException e) {
      // the connection is gone; its reader sees that too and says so
      closed = true;
    }
  }

  private void grantWhatIsDue() throws IOException {
    batch.begin(Frames.CREDIT);
    for (final Grant grant : grants) {
      if (!grant.advance()) {
        continue;
      }
      if (batch.remaining() < Frames.CREDIT_BYTES) {
        batch.end();
        batch.flush(channel);
        batch.begin(Frames.CREDIT);
      }
      batch.putCredit(grant.targetTask(), grant.tuples(), grant.bytes());
    }
    batch.end();
    batch.flush(channel);
  }
}
