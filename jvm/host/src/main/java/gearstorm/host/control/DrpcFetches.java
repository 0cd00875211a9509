package gearstorm.host.control;

import gearstorm.host.spi.DrpcRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The requests of one function: those that came and nobody took yet, and how many more are asked
 * for. One is asked for by everybody who waits; more, ahead, only while requests are taken as
 * quickly as they come, so that none lies here while another worker could have it. Guarded by
 * {@link ControlDrpc}.
 */
final class DrpcFetches {
  /** Most that are asked for ahead. */
  private static final int MAX_AHEAD = 32;

  /** Who takes requests this quickly shall find the next one here. */
  private static final long QUICK_NS = 1_000_000;

  private final ArrayDeque<DrpcRequest> ready = new ArrayDeque<>();
  private int asked;
  private int waiting;
  private int ahead;
  private long lastTakenNs;
  private long refusedUntilNs;

  DrpcFetches(final long nowNs) {
    lastTakenNs = nowNs - QUICK_NS;
    refusedUntilNs = nowNs;
  }

  /** Null when there is none. */
  DrpcRequest poll(final long nowNs, final boolean mayBeAhead) {
    final DrpcRequest request = ready.poll();
    if (request != null) {
      lastTakenNs = nowNs;
    } else if (waiting == 0) {
      ahead = mayBeAhead && nowNs - lastTakenNs < QUICK_NS ? Math.min(MAX_AHEAD, 2 * ahead + 1) : 0;
    }
    return request;
  }

  void onWait() {
    waiting++;
  }

  void onWaited() {
    waiting--;
  }

  /** How many to ask for now; they count as asked for from here on. */
  int due() {
    final int here = ready.size() + asked;
    final int more =
        here < Math.max(waiting, (ahead + 1) / 2) ? Math.max(waiting, ahead) - here : 0;
    asked += more;
    return more;
  }

  void onRequest(final DrpcRequest request) {
    asked--;
    ready.add(request);
  }

  void onRefused(final long untilNs) {
    asked--;
    refusedUntilNs = untilNs;
  }

  boolean isRefused(final long nowNs) {
    return nowNs - refusedUntilNs < 0;
  }

  /** Nothing is here and nothing is asked for any more. */
  void forget() {
    ready.clear();
    asked = 0;
  }

  /** What nobody took; it is not here any more. */
  List<DrpcRequest> takeAll() {
    final List<DrpcRequest> all = new ArrayList<>(ready);
    ready.clear();
    return all;
  }
}
