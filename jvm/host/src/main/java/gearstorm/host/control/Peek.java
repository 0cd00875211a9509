package gearstorm.host.control;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One live look at a stream: between the executors that emit and the connection. Its memory is
 * bounded whatever control does; what does not fit is counted.
 */
final class Peek {
  static final int THINNED_PER_SECOND = 1000;
  static final int MAX_BUFFERED_TUPLES = 65_536;
  static final int MAX_BUFFERED_CHARS = 64 * 1024 * 1024;
  static final int MAX_FRAME_TUPLES = 256;
  static final int MAX_FRAME_CHARS = 1024 * 1024;
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

  private final int id;
  private final boolean all;
  private final LongSupplier nanoClock;
  // guarded by this; held for a few instructions only
  private final ArrayDeque<String> buffer = new ArrayDeque<>();
  private long bufferedChars;
  private long missed;
  private long secondStartNs;
  private int inThisSecond;
  private boolean announced;

  Peek(final int id, final boolean all, final LongSupplier nanoClock) {
    this.id = id;
    this.all = all;
    this.nanoClock = nanoClock;
    this.secondStartNs = nanoClock.getAsLong();
  }

  /** Whether to convert the next tuple at all; counts it as missed when not. */
  synchronized boolean admits() {
    final boolean admitted = buffer.size() < MAX_BUFFERED_TUPLES && (all || admitsThisSecond());
    if (!admitted) {
      missed++;
    }
    return admitted;
  }

  private boolean admitsThisSecond() {
    final long now = nanoClock.getAsLong();
    if (now - secondStartNs >= SECOND_NS) {
      secondStartNs = now;
      inThisSecond = 0;
    }
    return inThisSecond++ < THINNED_PER_SECOND;
  }

  /** Takes a tuple as JSON text. A single tuple too large for a frame is missed. */
  synchronized void add(final String tuple) {
    final boolean fits =
        tuple.length() <= MAX_FRAME_CHARS
            && buffer.size() < MAX_BUFFERED_TUPLES
            && bufferedChars + tuple.length() <= MAX_BUFFERED_CHARS;
    if (!fits) {
      missed++;
      return;
    }
    buffer.addLast(tuple);
    bufferedChars += tuple.length();
  }

  /** The next frame's line, first that the look has begun; null when there is nothing to tell. */
  synchronized String nextFrame() {
    if (!announced) {
      announced = true;
      return FrameText.write(new WorkerFrame.PeekStarted(id));
    }
    if (buffer.isEmpty() && missed == 0) {
      return null;
    }
    final StringBuilder tuples = new StringBuilder();
    for (int count = 0; count < MAX_FRAME_TUPLES && !buffer.isEmpty(); count++) {
      if (count > 0 && tuples.length() + buffer.peekFirst().length() > MAX_FRAME_CHARS) {
        break;
      }
      final String tuple = buffer.removeFirst();
      bufferedChars -= tuple.length();
      tuples.append(count == 0 ? "" : ",").append(tuple);
    }
    final String frame =
        "{\"type\":\"peek-tuples\",\"id\":"
            + id
            + ",\"tuples\":["
            + tuples
            + "],\"missed\":"
            + missed
            + "}";
    missed = 0;
    return frame;
  }
}
