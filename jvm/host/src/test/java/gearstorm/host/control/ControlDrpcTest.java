package gearstorm.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.control.ControlFrame.DrpcRequestPiece;
import gearstorm.host.spi.DrpcRequest;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Goal: what is said to control, and who gets what it says. */
final class ControlDrpcTest {
  private static final long LONG_NS = TimeUnit.MINUTES.toNanos(5);
  private static final String FETCH = "{\"type\":\"drpc-fetch\",\"function\":\"f\"}";
  private static final String WITHDRAW = "{\"type\":\"drpc-withdraw\",\"function\":\"f\"}";

  @TempDir Path directory;
  private ServerSocketChannel server;
  private LineChannel channel;
  private LineChannel control;
  private final AtomicLong nowNs = new AtomicLong();
  private ControlDrpc drpc = new ControlDrpc(nowNs::get);

  @BeforeEach
  void connect() throws IOException {
    final Path socket = directory.resolve("c.sock");
    server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    channel = LineChannel.connect(socket);
    control = new LineChannel(server.accept());
    drpc.onServer(new ControlFrame.Drpc("127.0.0.1", 3773), channel);
    drpc.setActive(true);
  }

  @AfterEach
  void close() throws IOException {
    channel.close();
    control.close();
    server.close();
  }

  private CompletableFuture<DrpcRequest> take() {
    final CompletableFuture<DrpcRequest> taken = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                taken.complete(drpc.take("f", LONG_NS, false));
              } catch (InterruptedException stopped) {
                taken.completeExceptionally(stopped);
              }
            })
        .start();
    return taken;
  }

  private static DrpcRequestPiece request(final String id, final String args) {
    return new DrpcRequestPiece("f", id, args, false);
  }

  @Test
  void whoWaitsGetsTheRequestThatWasAskedFor() throws Exception {
    final CompletableFuture<DrpcRequest> taken = take();
    assertEquals(FETCH, control.readLine());
    drpc.onRequest(new DrpcRequestPiece("f", "1", "ar", true));
    drpc.onRequest(request("1", "gs"));
    assertEquals(new DrpcRequest("1", "args"), taken.get());
  }

  @Test
  void answersGoToControlUnlessTheyAreTooLongForALine() throws IOException {
    assertTrue(drpc.result("1", "<é>\n"));
    drpc.fail("2");
    assertFalse(drpc.result("3", "x".repeat(ControlDrpc.MAX_PIECE_LENGTH + 1)));
    // More than the socket holds: it is read meanwhile.
    final String longest = "\u0001".repeat(ControlDrpc.MAX_PIECE_LENGTH);
    new Thread(() -> drpc.result("4", longest)).start();
    assertEquals(
        "{\"type\":\"drpc-result\",\"id\":\"1\",\"result\":\"<é>\\n\",\"more\":false}",
        control.readLine());
    assertEquals("{\"type\":\"drpc-fail\",\"id\":\"2\",\"reason\":null}", control.readLine());
    assertTrue(control.readLine().contains("\"id\":\"4\""));
  }

  @Test
  void whatNobodyTookGoesBackTheLatestFirstWhenTheTopologyIsDeactivated() throws Exception {
    final CompletableFuture<DrpcRequest> taken = take();
    assertEquals(FETCH, control.readLine());
    drpc.onRequest(request("1", "a"));
    taken.get();
    drpc.onRequest(request("2", "b"));
    drpc.onRequest(request("3", "c"));
    drpc.setActive(false);
    drpc.onRequest(request("4", "d"));
    assertEquals(WITHDRAW, control.readLine());
    for (final String expected : new String[] {"3 c", "2 b", "4 d"}) {
      final String[] words = expected.split(" ", -1);
      assertEquals(
          "{\"type\":\"drpc-return\",\"id\":\"%s\",\"args\":\"%s\",\"more\":false}"
              .formatted(words[0], words[1]),
          control.readLine());
    }
    assertNull(drpc.take("f", LONG_NS, false), "nobody waits while it is not active");
  }

  @Test
  void longArgumentsGoBackInPieces() throws Exception {
    drpc.setActive(false);
    // More than the socket holds: it is read meanwhile.
    new Thread(() -> drpc.onRequest(request("1", "x".repeat(600_000)))).start();
    final String first = control.readLine();
    final String second = control.readLine();
    assertTrue(first.endsWith("\"more\":true}"));
    assertTrue(second.endsWith("\"more\":false}"));
    assertEquals(600_000, count(first) + count(second));
  }

  private static long count(final String line) {
    return line.chars().filter(each -> each == 'x').count();
  }

  @Test
  void whoWaitsGoesWithoutWhenTheTopologyIsDeactivatedOrControlIsGone() throws Exception {
    final CompletableFuture<DrpcRequest> first = take();
    assertEquals(FETCH, control.readLine());
    drpc.setActive(false);
    assertNull(first.get());
    drpc.setActive(true);
    final CompletableFuture<DrpcRequest> second = take();
    assertEquals(WITHDRAW, control.readLine());
    assertEquals(FETCH, control.readLine());
    drpc.onDisconnect();
    assertNull(second.get());
    assertFalse(drpc.leadsTo("127.0.0.1", 3773));
  }

  @Test
  void aNewConnectionIsAskedAnewAndNothingOfTheEarlierOneIsTaken() throws Exception {
    final CompletableFuture<DrpcRequest> taken = take();
    assertEquals(FETCH, control.readLine());
    drpc.onRequest(new DrpcRequestPiece("f", "1", "half", true));
    drpc.onServer(new ControlFrame.Drpc("127.0.0.1", 3774), channel);
    assertEquals(FETCH, control.readLine());
    drpc.onRequest(request("2", "whole"));
    assertEquals(new DrpcRequest("2", "whole"), taken.get());
    assertFalse(drpc.leadsTo("127.0.0.1", 3773));
    assertTrue(drpc.leadsTo("127.0.0.1", 3774));
    assertFalse(drpc.leadsTo("localhost", 3774));
  }

  @Test
  void anAnswerThatCannotBeSaidHereIsNotTakenForSaid() {
    assertFalse(drpc.result("1", null));
    channel.close();
    assertFalse(drpc.result("2", "x"));
    assertFalse(drpc.leadsTo("127.0.0.1", 3773), "a connection that broke leads nowhere");
    assertFalse(drpc.fail("3"));
  }

  @Test
  void anInterruptedThreadAnswersAndKeepsTheConnection() throws IOException {
    Thread.currentThread().interrupt();
    assertTrue(drpc.fail("1"));
    assertTrue(Thread.interrupted());
    assertTrue(control.readLine().contains("drpc-fail"));
    assertTrue(drpc.fail("2"));
  }

  @Test
  void whatIsMeantForASpoutThatComesNoMoreGoesBack() throws Exception {
    final CompletableFuture<DrpcRequest> taken = take();
    assertEquals(FETCH, control.readLine());
    drpc.onRequest(request("1", "a"));
    taken.get();
    drpc.onRequest(request("2", "b"));
    drpc.tidy();
    nowNs.addAndGet(DrpcFetches.FORSAKEN_NS);
    drpc.tidy();
    assertEquals(WITHDRAW, control.readLine());
    assertTrue(control.readLine().contains("\"id\":\"2\""));
    nowNs.addAndGet(DrpcFetches.FORSAKEN_NS);
    drpc.tidy();
    drpc.fail("3");
    assertTrue(control.readLine().contains("drpc-fail"), "there is nothing more to be said");
  }

  @Test
  void aCharacterOfTwoUnitsIsNotCutInTwo() throws Exception {
    drpc.setActive(false);
    final String args = "x".repeat(ControlDrpc.MAX_PIECE_LENGTH - 1) + "\uD83D\uDE00";
    new Thread(() -> drpc.onRequest(request("1", args))).start();
    assertEquals(ControlDrpc.MAX_PIECE_LENGTH - 1, count(control.readLine()));
    assertTrue(control.readLine().contains("\"args\":\"\uD83D\uDE00\""));
  }

  /** Control's side: gives a request to each fetch that is not taken back. */
  private final class Desk implements Runnable {
    private final Queue<DrpcRequest> queue = new ArrayDeque<>();
    private int parked;

    @Override
    public void run() {
      try {
        for (String line = control.readLine(); line != null; line = control.readLine()) {
          hear(line);
        }
      } catch (IOException closed) {
        // the test is over
      }
    }

    synchronized void call(final DrpcRequest request) {
      queue.add(request);
      handOut();
    }

    private synchronized void hear(final String line) {
      assertTrue(line.equals(FETCH) || line.equals(WITHDRAW), line);
      parked = line.equals(FETCH) ? parked + 1 : 0;
      handOut();
    }

    private void handOut() {
      for (; parked > 0 && !queue.isEmpty(); parked--) {
        final DrpcRequest request = queue.remove();
        drpc.onRequest(request(request.id(), request.args()));
      }
    }
  }

  @Test
  @Timeout(60)
  void everyCallerIsServedWhoeverOfSeveralSpoutsComes() throws Exception {
    final ControlDrpc own = new ControlDrpc(System::nanoTime);
    own.onServer(new ControlFrame.Drpc("127.0.0.1", 3773), channel);
    own.setActive(true);
    drpc = own;
    final Desk desk = new Desk();
    new Thread(desk).start();
    final int calls = 3_000;
    final CountDownLatch served = new CountDownLatch(calls);
    final Set<String> seen = ConcurrentHashMap.newKeySet();
    final AtomicBoolean over = new AtomicBoolean();
    final List<Thread> spouts = new ArrayList<>();
    for (int each = 0; each < 2; each++) {
      spouts.add(new Thread(() -> serve(over, seen, served)));
    }
    spouts.forEach(Thread::start);
    final Random random = new Random(7);
    for (int call = 0; call < calls; call++) {
      desk.call(new DrpcRequest(String.valueOf(call), ""));
      if (random.nextInt(20) == 0) { // bursts, and calm in between
        LockSupport.parkNanos(random.nextInt(6_000_000));
      }
    }
    served.await();
    over.set(true);
    own.setActive(false);
    for (final Thread spout : spouts) {
      spout.join();
    }
    assertEquals(calls, seen.size());
  }

  private void serve(
      final AtomicBoolean over, final Set<String> seen, final CountDownLatch served) {
    try {
      while (!over.get()) {
        final DrpcRequest request = drpc.take("f", LONG_NS, true);
        if (request != null) {
          assertTrue(seen.add(request.id()));
          served.countDown();
        }
      }
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  @Test
  void aRefusedFunctionIsRefusedForASecond() {
    assertFalse(drpc.refuses("f"));
    drpc.onRefused("f");
    assertTrue(drpc.refuses("f"));
    assertFalse(drpc.refuses("g"));
    nowNs.addAndGet(TimeUnit.SECONDS.toNanos(1));
    assertFalse(drpc.refuses("f"));
  }
}
