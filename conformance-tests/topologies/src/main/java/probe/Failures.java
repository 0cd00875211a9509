package probe;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The places at which a topology's code is to fail, in order: each process of it fails at one of
 * them, the first that no process before it has failed at.
 */
final class Failures {
  /** The configuration keys of the places, and of the name of this run of places. */
  static final String PLACES = "probe.places";

  static final String GROUP = "probe.group";
  static final String NOWHERE = "nowhere";

  /** Once a process: what fails in it must not depend on what has failed in it already. */
  private static final Map<String, String> TURNS = new ConcurrentHashMap<>();

  private static final Set<String> FAILED = ConcurrentHashMap.newKeySet();

  private final Notes notes;
  private final String group;
  private final String turn;

  private Failures(Notes notes, String group, String turn) {
    this.notes = notes;
    this.group = group;
    this.turn = turn;
  }

  static Failures of(Map conf) {
    Notes notes = Notes.of(conf);
    String group = (String) conf.get(GROUP);
    List<?> places = (List<?>) conf.get(PLACES);
    return new Failures(notes, group, TURNS.computeIfAbsent(group, g -> turn(notes, g, places)));
  }

  private static String turn(Notes notes, String group, List<?> places) {
    notes.note("process", group);
    List<String> lines = notes.lines();
    for (Object place : places) {
      if (!lines.contains("fails\t" + group + "\t" + place)) {
        return (String) place;
      }
    }
    return NOWHERE;
  }

  boolean isTurnOf(String place) {
    return turn.equals(place);
  }

  void note(Object... cells) {
    notes.note(cells);
  }

  String group() {
    return group;
  }

  /** Throws when it is the place's turn, once. */
  void at(String place) {
    if (isTurnOf(place) && FAILED.add(group)) {
      noteFailure();
      throw new IllegalStateException("fails: " + place);
    }
  }

  /** What user code can do besides to throw an exception. */
  void worseAt(String place) {
    if (!isTurnOf(place) || !FAILED.add(group)) {
      return;
    }
    noteFailure();
    switch (place) {
      case "exit":
        System.exit(7);
        break;
      case "no memory":
        throw new OutOfMemoryError("fails: " + place);
      case "no stack":
        overflow(0);
        break;
      case "interrupted io":
        throw new IllegalStateException("wrapped", new InterruptedIOException("fails: " + place));
      case "interrupted":
        Failures.<RuntimeException>throwAny(new InterruptedException("fails: " + place));
        break;
      case "checked":
        Failures.<RuntimeException>throwAny(new IOException("fails: " + place));
        break;
      default:
        throw new IllegalArgumentException(place);
    }
  }

  void noteFailure() {
    notes.note("fails", group, turn);
  }

  private static int overflow(int depth) {
    return overflow(depth + 1) + depth;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void throwAny(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
