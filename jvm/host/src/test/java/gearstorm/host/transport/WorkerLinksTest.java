package gearstorm.host.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.executor.Outlet;
import gearstorm.host.executor.ProgressOutlet;
import gearstorm.host.progress.RootId;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.transport.TestInlets.Delta;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whole workers in one process: worker n runs tasks 10n and 10n + 1; worker 0 sends to worker 1.
 */
@Timeout(60)
class WorkerLinksTest {
  private static final int CAPACITY = 64;
  private static final Map<Integer, Integer> TASKS = Map.of(0, 0, 1, 0, 10, 1, 11, 1, 20, 2, 21, 2);

  @TempDir Path folder;

  private final List<WorkerLinks> started = new ArrayList<>();
  private final RecordingLog senderLog = new RecordingLog();
  private final RecordingLog receiverLog = new RecordingLog();
  private final TestInlets senderInlets = new TestInlets(CAPACITY);
  private final TestInlets receiverInlets = new TestInlets(CAPACITY);
  private final AtomicLong clock = new AtomicLong();
  private WorkerLinks sender;

  @BeforeEach
  void startSender() throws IOException {
    sender = start(settings(0, 1), senderLog, clock::get, senderInlets);
  }

  @AfterEach
  void closeAll() throws IOException {
    for (final WorkerLinks links : started) {
      links.close();
    }
  }

  @Test
  void whenTheConsumerIsSlow_thenAMillionTuplesComeInOrderWithinTheWindow() throws Exception {
    final int window = 1024;
    final TestInlets inlets = new TestInlets(window);
    start(settings(1, 1), receiverLog, System::nanoTime, inlets);
    final long count = 1_000_000;
    final Thread emitter = Threads.start("emitter", () -> emitNumbers(10, count));
    final TestInlets.Tuples inlet = inlets.tupleInlet(0, 10);
    for (long i = 0; i < count; i++) {
      assertEquals(i, TestCodec.number(inlet.take()));
      if (i % 100_000 == 0) {
        Thread.sleep(5);
      }
    }
    emitter.join();
    assertTrue(inlet.most.get() <= window);
    assertEquals(1, sender.stats().get(0).connects());
    assertEquals(count, sender.stats().get(0).tuplesSent());
  }

  @Test
  void whenNobodyTakes_thenTheOutletRefusesOnceTheWindowIsFull() throws Exception {
    startReceiver(1);
    final Outlet outlet = sender.outlet(0, 10);
    for (long i = 0; i < CAPACITY; i++) {
      put(outlet, TestTuple.untracked(10, i));
    }
    awaitSize(receiverInlets.tupleInlet(0, 10), CAPACITY);
    assertFalse(offer(outlet, TestTuple.untracked(10, 0L)));
    put(sender.outlet(0, 11), TestTuple.untracked(11, 5L)); // has a window of its own
    assertEquals(5, TestCodec.number(receiverInlets.tupleInlet(0, 11).take()));
  }

  @Test
  void whenTuplesComeOneByOne_thenEachLeavesWithoutTheNext() throws Exception {
    startReceiver(1);
    final Outlet outlet = sender.outlet(0, 10);
    for (long i = 0; i < 10_000; i++) {
      put(outlet, TestTuple.untracked(10, i));
      assertEquals(i, TestCodec.number(receiverInlets.tupleInlet(0, 10).take()));
    }
  }

  @Test
  void whenDataIsStopped_thenProgressPasses() throws Exception {
    startReceiver(1);
    final Outlet outlet = sender.outlet(0, 10);
    for (long i = 0; i < CAPACITY; i++) {
      put(outlet, TestTuple.untracked(10, i));
    }
    final ProgressOutlet progress = sender.progressOutlet(11);
    final long root = RootId.of(1, 42);
    assertTrue(progress.offer(11, root, -3, false));
    progress.signal();
    assertEquals(new Delta(11, root, -3, false), receiverInlets.progressInlet(0, 11).take());
  }

  @Test
  void whenASpoutIsBusy_thenItsProgressIsFoldedAndComesLater() throws Exception {
    startReceiver(1);
    final ProgressOutlet progress = sender.progressOutlet(11);
    final int count = 10 * CAPACITY;
    for (int i = 0; i < count; i++) {
      final long root = RootId.of(1, i % (2 * CAPACITY));
      while (!progress.offer(11, root, 1L << (i / (2 * CAPACITY)), false)) {
        LockSupport.parkNanos(10_000);
      }
      progress.signal();
    }
    put(sender.outlet(0, 10), TestTuple.untracked(10, 1L));
    receiverInlets.tupleInlet(0, 10).take(); // data passes a full progress inlet
    final long[] xors = new long[2 * CAPACITY];
    for (int complete = 0; complete < xors.length; ) {
      final Delta delta = receiverInlets.progressInlet(0, 11).take();
      final int index = (int) (delta.root() & 0xffff);
      xors[index] ^= delta.xor();
      complete += xors[index] == 0b11111 ? 1 : 0;
    }
  }

  @Test
  void whenATupleIsLarge_thenItComesWhole() throws Exception {
    startReceiver(1);
    final byte[] value = new byte[3 << 20];
    value[value.length - 1] = 7;
    final Outlet outlet = sender.outlet(0, 10);
    put(outlet, TestTuple.untracked(10, value));
    put(outlet, TestTuple.untracked(10, 5L));
    final TestInlets.Tuples inlet = receiverInlets.tupleInlet(0, 10);
    assertArrayEquals(value, inlet.take().payload());
    assertEquals(5, TestCodec.number(inlet.take()));
  }

  @Test
  void whenNobodyTakes_thenTheOutletRefusesOnceTheWindowIsFullOfBytes() throws Exception {
    startReceiver(1);
    final Outlet outlet = sender.outlet(0, 10);
    final byte[] half = new byte[TestInlets.CAPACITY_BYTES / 2];
    put(outlet, TestTuple.untracked(10, half));
    put(outlet, TestTuple.untracked(10, half));
    final TestInlets.Tuples inlet = receiverInlets.tupleInlet(0, 10);
    awaitSize(inlet, 2);
    assertFalse(offer(outlet, TestTuple.untracked(10, 1L)));
    put(sender.outlet(0, 11), TestTuple.untracked(11, half)); // has a window of its own
    inlet.take();
    put(outlet, TestTuple.untracked(10, 1L));
  }

  @Test
  void whenATupleIsTooLargeForAFrame_thenTheCallerHearsItAndNoCreditIsLost() throws Exception {
    startReceiver(1);
    final Outlet outlet = sender.outlet(0, 10);
    put(outlet, TestTuple.untracked(10, 0L));
    final byte[] tooLarge = new byte[Frames.LENGTH_MAX];
    for (int i = 0; i < 2 * CAPACITY; i++) {
      assertThrows(
          IllegalArgumentException.class, () -> offer(outlet, TestTuple.untracked(10, tooLarge)));
    }
    put(outlet, TestTuple.untracked(10, 1L));
  }

  @Test
  void whenTheReceiverStartsAgain_thenTuplesFlowToItsNewLife() throws Exception {
    final WorkerLinks first = startReceiver(1);
    final Outlet outlet = sender.outlet(0, 10);
    put(outlet, TestTuple.untracked(10, 1L));
    receiverInlets.tupleInlet(0, 10).take();
    first.close();
    final TestInlets secondInlets = new TestInlets(CAPACITY);
    start(settings(1, 2), receiverLog, System::nanoTime, secondInlets);
    senderLog.await("incarnation 1");
    moveClockUntilLogged("incarnation 2");
    for (long i = 0; i < 10 * CAPACITY; i++) {
      put(outlet, TestTuple.untracked(10, i));
      assertEquals(i, TestCodec.number(secondInlets.tupleInlet(0, 10).take()));
    }
  }

  @Test
  void whenThePeerIsAwayForLongerThanTheGrace_thenTuplesAreDroppedAndTheirTreesFailed()
      throws Exception {
    final TestInlets thirdInlets = new TestInlets(CAPACITY);
    start(settings(2, 1), receiverLog, System::nanoTime, thirdInlets);
    final Outlet outlet = sender.outlet(0, 10);
    assertFalse(offer(outlet, TestTuple.tracked(10, 1, 4, 0L)));
    clock.addAndGet(Duration.ofSeconds(30).toNanos());
    assertTrue(offer(outlet, TestTuple.tracked(10, 1, 5, 0L)));
    final long third = RootId.of(1, 6);
    assertTrue(offer(outlet, TestTuple.tracked(10, 20, third, 0L)));
    assertTrue(offer(outlet, TestTuple.tracked(10, 11, 7, 0L))); // its spout is gone as well
    assertTrue(offer(outlet, TestTuple.untracked(10, 0L)));
    assertEquals(new Delta(1, 5, 0, true), senderInlets.progressInlet(1, 1).take());
    assertEquals(new Delta(20, third, 0, true), thirdInlets.progressInlet(0, 20).take());
    assertEquals(4, sender.stats().get(0).tuplesDropped());
  }

  @Test
  void whenThePeerIsBackBeforeItsLinkIs_thenOnlyDeltasForItsFormerLifeAreDropped()
      throws Exception {
    final WorkerLinks first = startReceiver(1);
    final ProgressOutlet progress = sender.progressOutlet(11);
    senderLog.await("incarnation 1");
    first.close();
    senderLog.await("is gone");
    clock.addAndGet(Duration.ofMinutes(2).toNanos());
    for (int sequence = 1; sequence <= 2 * DeltaRing.DELTAS_MAX; sequence++) {
      assertTrue(progress.offer(11, RootId.of(1, sequence), 3, false));
    }
    final long live = RootId.of(2, 1);
    assertFalse(progress.offer(11, live, 3, false)); // held by the executor until there is room
    final TestInlets secondInlets = new TestInlets(CAPACITY);
    start(settings(1, 2), receiverLog, System::nanoTime, secondInlets);
    moveClockUntilLogged("incarnation 2");
    while (!progress.offer(11, live, 3, false)) {
      LockSupport.parkNanos(10_000);
    }
    progress.signal();
    assertEquals(new Delta(11, live, 3, false), secondInlets.progressInlet(0, 11).take());
  }

  @Test
  void whenATupleForALostPeerIsDropped_thenAlsoATreeOfThatPeersNextLifeFails() throws Exception {
    final Outlet outlet = sender.outlet(0, 10);
    clock.addAndGet(Duration.ofMinutes(2).toNanos());
    final long live = RootId.of(2, 1);
    assertTrue(offer(outlet, TestTuple.tracked(10, 11, live, 0L)));
    start(settings(1, 2), receiverLog, System::nanoTime, receiverInlets);
    moveClockUntilLogged("incarnation 2");
    assertEquals(new Delta(11, live, 0, true), receiverInlets.progressInlet(0, 11).take());
  }

  @Test
  void whenGarbageComes_thenOnlyThatConnectionEnds() throws Exception {
    startReceiver(1);
    final Outlet outlet = sender.outlet(0, 10);
    put(outlet, TestTuple.untracked(10, 1L));
    try (RawPeer peer = new RawPeer(settings(0, 1).address(1))) {
      peer.send(ByteBuffer.wrap("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)));
      assertTrue(peer.isClosedByPeer());
    }
    receiverLog.await("a frame announces");
    put(outlet, TestTuple.untracked(10, 2L));
    receiverInlets.tupleInlet(0, 10).take();
    assertEquals(2, TestCodec.number(receiverInlets.tupleInlet(0, 10).take()));
    assertEquals(1, sender.stats().get(0).connects());
  }

  @Test
  void whenAConnectionEndsWithinAFrame_thenTheNextOneStartsClean() throws Exception {
    startReceiver(1);
    try (RawPeer peer = raw(1)) {
      peer.open(10);
      assertEquals(CAPACITY, peer.readLimit());
      peer.tuples(10, 3);
      awaitSize(receiverInlets.tupleInlet(0, 10), 3);
      peer.send(Frames.frame(Frames.TUPLES, 100).putInt(10).flip());
    }
    try (RawPeer peer = raw(1)) {
      peer.open(10);
      assertEquals(CAPACITY - 3, peer.readLimit()); // what is left in the inlet takes room
      peer.tuples(10, 1);
      for (int i = 0; i < 4; i++) {
        receiverInlets.tupleInlet(0, 10).take();
      }
    }
  }

  @Test
  void whenAPeerOverdrawsItsCredit_thenItsConnectionEndsAndTheTaskHearsOfWhatCameBefore()
      throws Exception {
    startReceiver(1);
    try (RawPeer peer = raw(1)) {
      peer.open(10);
      peer.readLimit();
      peer.tuples(10, CAPACITY + 1);
      assertTrue(peer.isClosedByPeer());
    }
    receiverLog.await("more tuples for task 10 than it was granted");
    assertEquals(CAPACITY, receiverInlets.tupleInlet(0, 10).size());
    assertEquals(1, receiverInlets.tupleInlet(0, 10).signals.get());
  }

  @Test
  void whenAPeerSendsToATaskItDidNotOpen_thenItsConnectionEnds() throws Exception {
    startReceiver(1);
    try (RawPeer peer = raw(1)) {
      peer.tuples(10, 1);
      assertTrue(peer.isClosedByPeer());
    }
    receiverLog.await("a tuple for task 10 without asking");
  }

  @Test
  void whenTheSenderBelongsElsewhere_thenItIsToldWhy() throws Exception {
    startReceiver(1);
    try (RawPeer peer = new RawPeer(settings(0, 1).address(1))) {
      peer.hello("other-2", 1, Frames.REFUSED);
      assertEquals("this worker belongs to topology words-1", Frames.text(peer.reader.body()));
      assertTrue(peer.isClosedByPeer());
    }
  }

  @Test
  void whenAnOlderLifeOfTheSenderConnects_thenItIsRefused() throws Exception {
    startReceiver(1);
    try (RawPeer young = raw(3);
        RawPeer old = new RawPeer(settings(0, 1).address(1))) {
      old.hello("words-1", 65_535, Frames.REFUSED);
      young.open(10);
      assertEquals(CAPACITY, young.readLimit());
    }
  }

  @Test
  void whenTheSameSenderConnectsAgain_thenItsFormerConnectionEnds() throws Exception {
    startReceiver(1);
    try (RawPeer former = raw(3);
        RawPeer latter = raw(3)) {
      assertTrue(former.isClosedByPeer());
      latter.open(10);
      assertEquals(CAPACITY, latter.readLimit());
    }
  }

  @Test
  void whenTheReceiverRefuses_thenTheSenderSaysWhy() throws Exception {
    final LinkSettings other =
        new LinkSettings(1, 1, "other-2", prefix(), TASKS, LinkSettings.DEFAULT_GRACE);
    start(other, receiverLog, System::nanoTime, receiverInlets);
    assertNotNull(sender.outlet(0, 10));
    senderLog.await("worker 1 refuses connections: this worker belongs to topology other-2");
  }

  @Test
  void whenTheSocketPathIsTooLong_thenItSaysSo() {
    final LinkSettings longPath =
        new LinkSettings(
            1, 1, "words-1", prefix() + "x".repeat(100), TASKS, LinkSettings.DEFAULT_GRACE);
    final WorkerLinks links = new WorkerLinks(longPath, receiverLog);
    final Exception problem =
        assertThrows(IllegalArgumentException.class, () -> links.start(receiverInlets));
    assertTrue(problem.getMessage().contains("at most 99 bytes"));
  }

  @Test
  void whenADeadWorkerLeftItsSocketFile_thenItIsReplaced() throws Exception {
    Files.createFile(settings(1, 1).address(1).getPath());
    startReceiver(1);
    put(sender.outlet(0, 10), TestTuple.untracked(10, 9L));
    assertEquals(9, TestCodec.number(receiverInlets.tupleInlet(0, 10).take()));
  }

  private void emitNumbers(final int task, final long count) {
    final Outlet outlet = sender.outlet(0, task);
    for (long i = 0; i < count; i++) {
      put(outlet, TestTuple.untracked(task, i));
    }
  }

  private static boolean offer(final Outlet outlet, final HostTuple tuple) {
    return outlet.offer(tuple, 0, new TestCodec().encode(tuple.values()));
  }

  /** Offers until there is room, while time passes for the sender. */
  private void put(final Outlet outlet, final HostTuple tuple) {
    while (!offer(outlet, tuple)) {
      clock.addAndGet(10_000);
      LockSupport.parkNanos(10_000);
    }
    outlet.signal();
  }

  private static void awaitSize(final TestInlets.Tuples inlet, final int size) {
    while (inlet.size() < size) {
      LockSupport.parkNanos(10_000);
    }
  }

  private void moveClockUntilLogged(final String part) throws InterruptedException {
    final Thread mover =
        Threads.start(
            "clock",
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                clock.addAndGet(1_000_000);
                LockSupport.parkNanos(1_000_000);
              }
            });
    senderLog.await(part);
    mover.interrupt();
    mover.join();
  }

  private RawPeer raw(final int incarnation) throws IOException {
    return new RawPeer(settings(0, 1).address(1)).hello("words-1", incarnation, Frames.HELLO_ACK);
  }

  private WorkerLinks startReceiver(final int incarnation) throws IOException {
    return start(settings(1, incarnation), receiverLog, System::nanoTime, receiverInlets);
  }

  private WorkerLinks start(
      final LinkSettings settings,
      final LinkLog log,
      final LongSupplier time,
      final TestInlets inlets)
      throws IOException {
    final WorkerLinks links = new WorkerLinks(settings, log, time);
    started.add(links);
    links.start(inlets);
    return links;
  }

  private LinkSettings settings(final int worker, final int incarnation) {
    return new LinkSettings(
        worker, incarnation, "words-1", prefix(), TASKS, LinkSettings.DEFAULT_GRACE);
  }

  private String prefix() {
    return folder.resolve("w").toString();
  }
}
