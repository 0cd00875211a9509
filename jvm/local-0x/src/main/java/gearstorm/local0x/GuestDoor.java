package gearstorm.local0x;

import gearstorm.host.control.Surroundings;
import gearstorm.host.control.Worker;
import gearstorm.host.control.WorkerEnd;
import gearstorm.host.executor.Traffic;
import gearstorm.host.inspect.Inspection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Takes workers in. Each comes as a connection whose first line is {@code worker ASSIGNMENT} or
 * {@code inspect REQUEST}; the answer is the exit code that a process of its own would have had,
 * after what it would have printed. A worker whose connection ends is stopped.
 */
final class GuestDoor implements AutoCloseable {
  private final ServerSocketChannel door;
  private final ClassLoader loader;
  private final Supplier<LongSupplier> clock;
  private final Set<Worker> workers = ConcurrentHashMap.newKeySet();

  private GuestDoor(
      final ServerSocketChannel door,
      final ClassLoader loader,
      final Supplier<LongSupplier> clock) {
    this.door = door;
    this.loader = loader;
    this.clock = clock;
  }

  /**
   * Listens.
   *
   * @param loader of user code
   * @param clock asked for each worker what its time goes by, in nanoseconds
   */
  static GuestDoor open(
      final Path socket, final ClassLoader loader, final Supplier<LongSupplier> clock)
      throws IOException {
    final ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    channel.bind(UnixDomainSocketAddress.of(socket));
    final GuestDoor door = new GuestDoor(channel, loader, clock);
    final Thread thread = new Thread(door::receive, "gearstorm-guests");
    thread.setDaemon(true);
    thread.start();
    return door;
  }

  boolean hasWorkers() {
    return !workers.isEmpty();
  }

  /** What the executors of all workers have done so far. */
  Traffic traffic() {
    return workers.stream().map(Worker::traffic).reduce(new Traffic(0, 0, 0), Traffic::plus);
  }

  /** Executors of all workers look again what is due. */
  void clockMoved() {
    workers.forEach(Worker::clockMoved);
  }

  /** Nobody is taken in any more. */
  @Override
  public void close() throws IOException {
    door.close();
  }

  private void receive() {
    try {
      while (true) {
        final SocketChannel guest = door.accept();
        final Thread thread = new Thread(() -> attend(guest), "gearstorm-guest");
        thread.setDaemon(
            false); // as are the executors, which inherit that: in Storm they keep a JVM alive
        thread.start();
      }
    } catch (IOException closed) {
      // nobody comes any more
    }
  }

  private void attend(final SocketChannel guest) {
    try (guest) {
      final BufferedReader lines =
          new BufferedReader(Channels.newReader(guest, StandardCharsets.UTF_8));
      final String line = lines.readLine();
      if (line == null) {
        return;
      }
      final String[] request = line.split(" ", 2);
      if (request[0].equals("inspect")) {
        inspect(guest, Path.of(request[1]));
      } else {
        work(guest, lines, Path.of(request[1]));
      }
    } catch (IOException gone) {
      // nobody waits for the answer
    }
  }

  private void inspect(final SocketChannel guest, final Path request) throws IOException {
    try {
      Inspection.run(request, loader);
      answer(guest, "", 0);
    } catch (Exception | LinkageError error) {
      answer(guest, stackOf(error), WorkerEnd.WRONG_FILES);
    }
  }

  private void work(final SocketChannel guest, final BufferedReader lines, final Path assignment)
      throws IOException {
    final Worker worker;
    try {
      worker =
          Worker.start(
              assignment, Surroundings.guestOf(loader, clock.get(), code -> end(guest, code)));
    } catch (Exception | LinkageError error) {
      answer(guest, stackOf(error), WorkerEnd.WRONG_FILES);
      return;
    }
    workers.add(worker);
    try {
      while (lines.readLine() != null) {
        // it has said all that it has to say
      }
    } catch (IOException ended) {
      // by us
    } finally {
      workers.remove(worker);
      worker.stop("nobody wants it any more");
    }
  }

  /** User code that throws ends the process, in Storm's local mode too. */
  private static void end(final SocketChannel guest, final int exitCode) {
    try {
      answer(guest, "", exitCode);
      guest.close();
    } catch (IOException gone) {
      // nobody waits for the answer
    }
    if (exitCode == WorkerEnd.USER_CODE_THREW) {
      System.err.println("Halting process: Worker died");
      System.exit(exitCode);
    }
  }

  private static void answer(final SocketChannel guest, final String text, final int exitCode)
      throws IOException {
    final ByteBuffer bytes = StandardCharsets.UTF_8.encode(text + exitCode + "\n");
    while (bytes.hasRemaining()) {
      guest.write(bytes);
    }
  }

  private static String stackOf(final Throwable error) {
    final StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }
}
