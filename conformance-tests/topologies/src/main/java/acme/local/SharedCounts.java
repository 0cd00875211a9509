package acme.local;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicInteger;

/** What bolts did, for the main to read: all are in one process. */
final class SharedCounts {
  private static final Map<String, AtomicInteger> TUPLES = new ConcurrentHashMap<>();
  private static final Map<String, Set<Integer>> WORKERS = new ConcurrentHashMap<>();
  private static final Set<String> CLEANED_UP = new ConcurrentSkipListSet<>();

  private SharedCounts() {}

  static void add(final String topology, final int worker) {
    TUPLES.computeIfAbsent(topology, each -> new AtomicInteger()).incrementAndGet();
    WORKERS.computeIfAbsent(topology, each -> ConcurrentHashMap.newKeySet()).add(worker);
  }

  static void addCleanup(final String topology) {
    CLEANED_UP.add(topology);
  }

  static boolean cleanedUp(final String topology) {
    return CLEANED_UP.contains(topology);
  }

  static int workers(final String topology) {
    return WORKERS.get(topology).size();
  }

  static void forget(final String topology) {
    TUPLES.remove(topology);
  }

  static void await(final String topology, final int tuples) throws InterruptedException {
    while (TUPLES.computeIfAbsent(topology, each -> new AtomicInteger()).get() < tuples) {
      Thread.sleep(50);
    }
  }
}
