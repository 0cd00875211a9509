package gearstorm.zookeeper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.zookeeper.ZooDefs.OpCode;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.RequestProcessor;
import org.apache.zookeeper.server.RequestProcessor.RequestProcessorException;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.apache.zookeeper.server.persistence.FileTxnLog;
import org.apache.zookeeper.server.persistence.FileTxnSnapLog;
import org.apache.zookeeper.server.persistence.TxnLog;
import org.apache.zookeeper.txn.SetDataTxn;
import org.apache.zookeeper.txn.TxnHeader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class DirectLogTest {
  @TempDir Path folder;
  private final Answers answers = new Answers();
  private ZooKeeperServer server;
  private DirectLog log;
  private long given;

  /** On a disk for which no time is quick enough. */
  @BeforeEach
  void open() throws Exception {
    File files = folder.toFile();
    server = new ZooKeeperServer(new FileTxnSnapLog(files, files), 2000, "");
    server.startdata();
    log = new DirectLog(server, answers, 0);
  }

  @AfterEach
  void close() throws Exception {
    log.shutdown();
    server.getZKDatabase().close();
  }

  @Test
  void aSlowDiskIsLeftToTheThreadForAWhileAndThenTriedAgain() throws Exception {
    for (int round = 0; round < 3; round++) {
      untilOneIsDirect();
      answers.hold();
      for (int each = 0; each < DirectLog.SLOW_REQUESTS; each++) give();
      answers.goOn();
      for (int back = 0; back < DirectLog.SLOW_REQUESTS; back++) {
        assertNotEquals(Thread.currentThread(), answers.threadOf(given - back));
      }
    }
    assertEquals(numbers(), answers.numbers());
  }

  @Test
  void aThreadThatFindsNothingToStoreTogetherIsLeftAlone() throws Exception {
    untilOneIsDirect();
    for (int each = 0; each < DirectLog.SLOW_REQUESTS; each++) {
      give();
      assertNotEquals(Thread.currentThread(), answers.threadOf(given));
      awaitRest(answers.threadOf(given));
    }
    for (int each = 0; each < DirectLog.ALONE_CHANGES; each++) {
      give();
      assertEquals(Thread.currentThread(), answers.threadOf(given));
    }
    give(); // after which the disk is found slow again
    assertEquals(Thread.currentThread(), answers.threadOf(given));
    give();
    assertNotEquals(Thread.currentThread(), answers.threadOf(given));
    assertEquals(numbers(), answers.numbers());
  }

  @Test
  void nothingIsOvertakenOrLostWhileTheyTakeTurns() throws Exception {
    for (int each = 0; each < 20 * DirectLog.SLOW_REQUESTS; each++) give();
    untilOneIsDirect();
    assertEquals(numbers(), answers.numbers());
    assertEquals(numbers(), stored());
  }

  /** The thread counts down what it was given only after its answer. */
  private void untilOneIsDirect() throws Exception {
    do {
      give();
    } while (answers.threadOf(given) != Thread.currentThread());
  }

  /** It counts down what it was given before it waits for more. */
  private static void awaitRest(Thread thread) {
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
  }

  private void give() throws RequestProcessorException {
    given++;
    TxnHeader header = new TxnHeader(1, (int) given, given, 0, OpCode.setData);
    SetDataTxn change = new SetDataTxn("/node", new byte[8], (int) given);
    log.processRequest(new Request(1, (int) given, OpCode.setData, header, change, given));
  }

  private List<Long> numbers() {
    return LongStream.rangeClosed(1, given).boxed().toList();
  }

  private List<Long> stored() throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (FileTxnLog files = new FileTxnLog(folder.resolve("version-2").toFile());
        TxnLog.TxnIterator changes = files.read(1)) {
      do {
        numbers.add(changes.getHeader().getZxid());
      } while (changes.next());
    }
    return numbers;
  }

  /** Notes what is answered, and by which thread. */
  private static final class Answers implements RequestProcessor {
    // Guarded by this object's lock.
    private final List<Long> numbers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private boolean held;

    @Override
    public synchronized void processRequest(Request request) {
      awaitLeave();
      numbers.add(request.zxid);
      threads.add(Thread.currentThread());
      notifyAll();
    }

    private void awaitLeave() {
      try {
        while (held) wait();
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
    }

    /** Nothing is answered any more. */
    synchronized void hold() {
      held = true;
    }

    synchronized void goOn() {
      held = false;
      notifyAll();
    }

    /** Waits until it is answered. */
    synchronized Thread threadOf(long number) throws InterruptedException {
      while (threads.size() < number) wait();
      return threads.get((int) number - 1);
    }

    synchronized List<Long> numbers() {
      return List.copyOf(numbers);
    }

    @Override
    public void shutdown() {}
  }
}
