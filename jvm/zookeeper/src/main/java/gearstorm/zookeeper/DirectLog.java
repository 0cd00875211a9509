package gearstorm.zookeeper;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.server.Request;
import org.apache.zookeeper.server.RequestProcessor;
import org.apache.zookeeper.server.SyncRequestProcessor;
import org.apache.zookeeper.server.ZKDatabase;
import org.apache.zookeeper.server.ZooKeeperServer;

/**
 * Stores a change on the calling thread before it is answered, as long as the disk is quick.
 * ZooKeeper's own log is a thread that stores together what came meanwhile: worth its change of
 * threads where many clients wait for a slow disk, and used here then, and whenever a snapshot is
 * due. Where it found little to store together, as clients wait for one another, it is left alone
 * for a while, however slow the disk is. Requests keep their order: nothing overtakes what the
 * thread still has. Callers come one at a time.
 */
final class DirectLog implements RequestProcessor {
  /** Changes that take so long to store, on average, are worth sharing the wait with others. */
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** The last change counts one in so many. */
  private static final int WEIGHT = 8;

  /** ZooKeeper makes a snapshot once as much was logged, or half of it, if not told otherwise. */
  private static final long SNAPSHOT_BYTES = 1L << 32;

  /**
   * So many changes are stored between two looks at how large the log is. A look asks for the state
   * of its file, and Linux, from 6.13 on, gives a file whose times somebody has seen new ones with
   * the next change: every change would then be two writes to the disk.
   */
  private static final int CHANGES_UNSEEN = 100;

  /** So many requests go to the thread before the disk is tried again. */
  static final int SLOW_REQUESTS = 100;

  /** So many of them, at least, are to find others there that wait. */
  private static final int SHARED_MIN = SLOW_REQUESTS / 4;

  /** Where fewer did, so many changes are stored here before the thread has its next turn. */
  static final int ALONE_CHANGES = 5_000;

  private final ZKDatabase database;
  private final RequestProcessor answers;
  private final SyncRequestProcessor thread;
  private final long slowNanos;

  /** Given to the thread and not answered yet; it counts down. */
  private final AtomicInteger handedOver = new AtomicInteger();

  private long averageNanos;

  /** Requests still to be handed over, because the disk was slow. */
  private int slow;

  /** Those of them that found others which waited. */
  private int shared;

  /** Changes still to be stored here, because the thread was of no use. */
  private int alone;

  /** Changes since the last snapshot, when the log's size was last looked at. */
  private int changesSeen;

  private boolean large;

  DirectLog(ZooKeeperServer server, RequestProcessor answers) {
    this(server, answers, SLOW_NANOS);
  }

  /**
   * @param slowNanos how long changes take, on average, on a disk that is slow
   */
  DirectLog(ZooKeeperServer server, RequestProcessor answers, long slowNanos) {
    this.slowNanos = slowNanos;
    this.database = server.getZKDatabase();
    this.answers = answers;
    this.thread = new SyncRequestProcessor(server, new Answered());
    thread.start();
  }

  @Override
  public void processRequest(Request request) throws RequestProcessorException {
    if (handedOver.get() == 0 && slow == 0 && !snapshotIsDue()) {
      store(request);
      answers.processRequest(request);
    } else {
      boolean othersWait = handedOver.getAndIncrement() > 0;
      if (slow > 0) learnOfTurn(othersWait);
      thread.processRequest(request);
    }
  }

  private void learnOfTurn(boolean othersWait) {
    slow--;
    if (othersWait) shared++;
    if (slow == 0 && shared < SHARED_MIN) alone = ALONE_CHANGES;
  }

  /** The thread makes one when a change comes to it. */
  private boolean snapshotIsDue() {
    int changes = database.getTxnCount();
    if (changes < changesSeen || changes - changesSeen >= CHANGES_UNSEEN) {
      changesSeen = changes;
      large = database.getTxnSize() >= SNAPSHOT_BYTES;
    }
    return large || changes >= SyncRequestProcessor.getSnapCount();
  }

  private void store(Request request) throws RequestProcessorException {
    long beginNanos = System.nanoTime();
    try {
      if (!database.append(request)) return;
      database.commit();
    } catch (IOException problem) {
      throw new RequestProcessorException("a change could not be stored", problem);
    }
    learn(System.nanoTime() - beginNanos);
  }

  /** One long wait, for the processor or a busy host, is no slow disk, and counts no more. */
  private void learn(long tookNanos) {
    averageNanos += (Math.min(tookNanos, 2 * slowNanos) - averageNanos) / WEIGHT;
    if (alone > 0) {
      alone--;
    } else if (averageNanos >= slowNanos) {
      slow = SLOW_REQUESTS;
      shared = 0;
      averageNanos = slowNanos / 2;
    }
  }

  @Override
  public void shutdown() {
    thread.shutdown();
  }

  /** What comes after the thread. */
  private final class Answered implements RequestProcessor {
    @Override
    public void processRequest(Request request) throws RequestProcessorException {
      try {
        answers.processRequest(request);
      } finally {
        handedOver.decrementAndGet();
      }
    }

    @Override
    public void shutdown() {
      answers.shutdown();
    }
  }
}
