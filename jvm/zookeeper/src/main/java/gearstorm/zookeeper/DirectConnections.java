package gearstorm.zookeeper;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.apache.zookeeper.server.NIOServerCnxn;
import org.apache.zookeeper.server.NIOServerCnxnFactory;

/** Connections that write an answer at once, where ZooKeeper's own leave it to their selector. */
final class DirectConnections extends NIOServerCnxnFactory {
  @Override
  protected NIOServerCnxn createConnection(
      SocketChannel channel, SelectionKey key, SelectorThread selector) throws IOException {
    return new Connection(channel, key, this, selector);
  }

  private static final class Connection extends NIOServerCnxn {
    private final SocketChannel channel;

    // Both are guarded by this object's lock.
    private int packetsLeft;
    private boolean closing;

    private Connection(
        SocketChannel channel,
        SelectionKey key,
        DirectConnections connections,
        SelectorThread selector)
        throws IOException {
      super(connections.zkServer, channel, key, connections, selector);
      this.channel = channel;
    }

    /** Any thread. */
    @Override
    public synchronized void sendBuffer(ByteBuffer... buffers) {
      closing |= isEmpty(buffers);
      if (!closing && packetsLeft == 0 && isWritten(buffers)) {
        super.packetSent();
      } else {
        packetsLeft++;
        super.sendBuffer(buffers);
      }
    }

    /** What has not gone, or could not, is the selector's: it sees errors too. */
    private boolean isWritten(ByteBuffer[] buffers) {
      try {
        channel.write(buffers);
        return !buffers[buffers.length - 1].hasRemaining();
      } catch (IOException broken) {
        return false;
      }
    }

    /** The end of a connection: ZooKeeper says it by a packet without bytes, behind all others. */
    private static boolean isEmpty(ByteBuffer[] buffers) {
      for (ByteBuffer each : buffers) {
        if (each.hasRemaining()) return false;
      }
      return true;
    }

    /** By the selector, for each packet that was left to it. */
    @Override
    protected synchronized void packetSent() {
      packetsLeft--;
      super.packetSent();
    }
  }
}
