package gearstorm.host.control;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The way to control: connects, says hello, hands on what control wants, and connects again until
 * the lease is over. Runs on a thread of its own.
 */
final class ControlConnection implements Runnable {
  private static final long RECONNECT_MS = 500;

  private final Path socket;
  private final Supplier<WorkerFrame.Hello> hello;
  private final Lease lease;
  private final ControlListener listener;

  /** The connection in use once control welcomed us; null in between. */
  private volatile LineChannel welcomed;

  private volatile LineChannel current;
  private volatile boolean closed;

  ControlConnection(
      final Path socket,
      final Supplier<WorkerFrame.Hello> hello,
      final Lease lease,
      final ControlListener listener) {
    this.socket = socket;
    this.hello = hello;
    this.lease = lease;
    this.listener = listener;
  }

  /** Where frames can be written; null while there is no control plane. */
  LineChannel welcomed() {
    return welcomed;
  }

  @Override
  public void run() {
    while (!closed && !lease.isOver()) {
      try (LineChannel channel = LineChannel.connect(socket)) {
        current = channel;
        if (closed) {
          return;
        }
        channel.writeLine(FrameText.write(hello.get()));
        converse(channel);
      } catch (IOException absent) {
        // control is not there, or left, or does not speak our language: try again
      }
      leave();
      try {
        Thread.sleep(RECONNECT_MS);
      } catch (InterruptedException stopped) {
        return;
      }
    }
    if (!closed) {
      listener.onLeaseOver();
    }
  }

  /** Leaves control for good. */
  void close() {
    closed = true;
    final LineChannel open = current;
    if (open != null) {
      open.close();
    }
  }

  private void leave() {
    if (welcomed != null) {
      welcomed = null;
      lease.renew();
      listener.onDisconnect();
    }
  }

  private void converse(final LineChannel channel) throws IOException {
    for (String line = channel.readLine(); line != null; line = channel.readLine()) {
      final ControlFrame frame = FrameText.read(line).orElse(null);
      if (frame instanceof ControlFrame.Welcome welcome) {
        if (!lease.admit(welcome.epoch())) {
          return;
        }
        welcomed = channel;
        listener.onWelcome();
      } else if (frame instanceof ControlFrame.Refused refused) {
        listener.onRefused(refused.reason());
      } else if (frame != null && welcomed != null) {
        obey(frame);
      }
    }
  }

  private void obey(final ControlFrame frame) {
    if (frame instanceof ControlFrame.Activate) {
      listener.onActivate();
    } else if (frame instanceof ControlFrame.Deactivate) {
      listener.onDeactivate();
    } else if (frame instanceof ControlFrame.Credentials) {
      listener.onCredentials();
    } else if (frame instanceof ControlFrame.LogLevels logLevels) {
      listener.onLogLevels(logLevels.levels());
    } else if (frame instanceof ControlFrame.Ping) {
      listener.onPing();
    } else if (frame instanceof ControlFrame.Stop stop) {
      listener.onStop(stop.reason());
    } else if (frame instanceof ControlFrame.PeekStart start) {
      listener.onPeekStart(start);
    } else if (frame instanceof ControlFrame.PeekStop stop) {
      listener.onPeekStop(stop.id());
    } else if (frame instanceof ControlFrame.DrpcRequestPiece piece) {
      listener.onDrpcRequest(piece);
    } else if (frame instanceof ControlFrame.DrpcRefused refused) {
      listener.onDrpcRefused(refused);
    } else if (frame instanceof ControlFrame.Drpc server) {
      listener.onDrpc(server);
    }
  }
}
