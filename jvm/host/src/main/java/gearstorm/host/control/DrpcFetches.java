package gearstorm.host.control;

import gearstorm.host.spi.DrpcRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests of one function: those that came and nobody took yet, and how many more are asked
 * for. One is asked for by everybody who waits; more, ahead, only while requests are taken as
 * quickly as they come, so that none lies here for long while another worker could have it. Guarded
 * by {@link ControlDrpc}.
 */
final class DrpcFetches {
  /** Most that are here or asked for ahead. */
  static final int MAX_AHEAD = 32;

  /** Requests that are taken within this time of each other come quickly. */
  static final long QUICK_NS = 1_000_000;

  /** Nobody came for so long: a spout that is held back, or has ended. */
  static final long FORSAKEN_NS = 1_000_000_000;

  private final ArrayDeque<DrpcRequest> ready = new ArrayDeque<>();
  private int asked;
  private int waiting;
  private int ahead;
  private long lastTakenNs;
  private long lastComeNs;
  private boolean quick;
  private long refusedUntilNs;

  DrpcFetches(final long nowNs) {
    lastTakenNs = nowNs - QUICK_NS;
    lastComeNs = nowNs;
    refusedUntilNs = nowNs;
  }

  /**
   * Takes the oldest; null when there is none.
   *
   * @param mayBeAhead whether the taker wants more to be asked for than it can wait for
   */
  DrpcRequest poll(final long nowNs, final boolean mayBeAhead) {
    final DrpcRequest request = ready.poll();
    lastComeNs = nowNs;
    final boolean soon = nowNs - lastTakenNs < QUICK_NS;
    if (request != null) {
      quick = soon;
      lastTakenNs = nowNs;
    } else if (waiting == 0) {
      ahead = mayBeAhead && quick && soon ? Math.min(MAX_AHEAD, 2 * ahead + 1) : 0;
    }
    return request;
  }

  boolean isAhead() {
    return ahead > 0;
  }

  /** None has come for a while. */
  void calm() {
    ahead = 0;
  }

  void onWait() {
    waiting++;
  }

  void onWaited() {
    waiting--;
  }

  /** How many to ask for now; they count as asked for from here on. Ahead it asks by halves. */
  int due() {
    final int known = ready.size() + asked;
    if (known >= Math.max(waiting, (ahead + 1) / 2)) {
      return 0;
    }
    final int more = Math.max(waiting, ahead) - known;
    asked += more;
    return more;
  }

  /**
   * Whether what is asked for is to be taken back, which it counts as from here on: requests do not
   * come so quickly any more, and those that come now are for whoever waits, here or elsewhere.
   */
  boolean withdraws() {
    final boolean tooMany = ahead == 0 && asked > waiting + 1;
    if (tooMany) {
      asked = 0;
    }
    return tooMany;
  }

  /** One came, which may have been asked for before the fetches were taken back. */
  void onRequest(final DrpcRequest request) {
    asked = Math.max(0, asked - 1);
    ready.add(request);
  }

  void onRefused(final long untilNs) {
    asked = Math.max(0, asked - 1);
    refusedUntilNs = untilNs;
  }

  boolean isRefused(final long nowNs) {
    return nowNs - refusedUntilNs < 0;
  }

  /** Whether requests come, or are here, for nobody. */
  boolean isForsaken(final long nowNs) {
    return waiting == 0 && (asked > 0 || !ready.isEmpty()) && nowNs - lastComeNs >= FORSAKEN_NS;
  }

  /** Nothing is here and nothing is asked for any more; answers what was here. */
  List<DrpcRequest> takeAll() {
    final List<DrpcRequest> all = new ArrayList<>(ready);
    ready.clear();
    asked = 0;
    ahead = 0;
    return all;
  }
}
