package gearstorm.host.control;

import gearstorm.host.executor.Tap;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The live looks of the present connection. */
final class Peeks {
  private final Function<Object, Object> toJsonValue;
  private final LongSupplier nanoClock;
  // guarded by this
  private final Map<Integer, Look> looks = new HashMap<>();
  private RunningTasks tasks;

  /**
   * @param toJsonValue shows a value of user code as plain objects; never throws
   */
  Peeks(final Function<Object, Object> toJsonValue, final LongSupplier nanoClock) {
    this.toJsonValue = toJsonValue;
    this.nanoClock = nanoClock;
  }

  /** The executors are there: looks that were asked for before begin now. */
  synchronized void attach(final RunningTasks loaded) {
    tasks = loaded;
    looks.replaceAll((id, look) -> begin(look.request()));
  }

  synchronized void start(final ControlFrame.PeekStart request) {
    stop(request.id());
    looks.put(request.id(), tasks == null ? new Look(request, null, null) : begin(request));
  }

  synchronized void stop(final int id) {
    final Look ended = looks.remove(id);
    if (ended != null) {
      ended.end();
    }
  }

  /** The connection is gone: nobody looks any more. */
  synchronized void stopAll() {
    looks.values().forEach(Look::end);
    looks.clear();
  }

  synchronized boolean isEmpty() {
    return looks.isEmpty();
  }

  /** At most one line for each look; empty when there is nothing to tell. */
  synchronized List<String> nextFrames() {
    final List<String> frames = new ArrayList<>();
    for (final Look look : looks.values()) {
      final String frame = look.peek() == null ? null : look.peek().nextFrame();
      if (frame != null) {
        frames.add(frame);
      }
    }
    return frames;
  }

  private Look begin(final ControlFrame.PeekStart request) {
    final Peek peek = new Peek(request.id(), request.all(), nanoClock);
    final Tap tap =
        tasks.tap(
            request.component(),
            request.stream(),
            (task, stream, values) -> look(peek, task, stream, values));
    return new Look(request, peek, tap);
  }

  // on an executor's thread: values are converted now because user code may change them later
  private void look(
      final Peek peek, final int task, final String stream, final List<Object> values) {
    if (peek.admits()) {
      final List<Object> plain = new ArrayList<>(values.size());
      values.forEach(value -> plain.add(toJsonValue.apply(value)));
      peek.add(FrameText.write(new PeekedTuple(task, stream, System.currentTimeMillis(), plain)));
    }
  }

  /**
   * @param peek null until the executors are there
   */
  private record Look(ControlFrame.PeekStart request, Peek peek, Tap tap) {
    void end() {
      if (tap != null) {
        tap.close();
      }
    }
  }

  private record PeekedTuple(int task, String stream, long timeMs, List<Object> values) {}
}
