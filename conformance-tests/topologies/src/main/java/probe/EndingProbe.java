package probe;

import backtype.storm.utils.Utils;
import java.util.Arrays;

// clause: uncaught-exception, shutdown
/** What an Error in a thread of the user's own ends, and components that throw at their end. */
final class EndingProbe implements Probe {
  private static final String OWN_ERROR = "own error";

  @Override
  public String name() {
    return "endings";
  }

  @Override
  public int workers() {
    return 1;
  }

  @Override
  public void run(Session session) throws Exception {
    ownError(session);
    atTheEnd(session.named("end"));
  }

  /** From 0.10 on it ends the worker. */
  private static void ownError(Session all) throws Exception {
    if (endsWorkersByErrors()) {
      String[] places = {OWN_ERROR};
      FailureProbe.untilRecovered(all.named("own-error"), OWN_ERROR, places, 1);
    } else {
      FailureProbe.staysAlive(all, OWN_ERROR);
    }
  }

  private static boolean endsWorkersByErrors() {
    return Arrays.stream(Utils.class.getMethods())
        .anyMatch(method -> method.getName().equals("handleUncaughtException"));
  }

  /** A component that throws when it is cleaned up is called once, and its topology ends. */
  private static void atTheEnd(Session session) throws Exception {
    String[] places = {"cleanup", "close"};
    for (int run = 0; run < places.length; run++) {
      FailureProbe.submit(session, "end", 1, places);
      session.await("active\tend", run + 1);
      session.kill();
      session.await("fails\tend\t" + places[run], 1);
      session.notes.note("ended", "end", places[run]);
    }
  }
}
