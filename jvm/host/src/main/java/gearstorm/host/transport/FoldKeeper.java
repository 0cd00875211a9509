package gearstorm.host.transport;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Pays what {@link DeltaFold}s owe, once a millisecond while there is any; sleeps otherwise. */
final class FoldKeeper implements Runnable {
  private static final long ROUND_NS = 1_000_000L;

  private final Set<DeltaFold> owing = ConcurrentHashMap.newKeySet();
  private final Doorbell bell = new Doorbell();
  private volatile boolean closed;

  void watch(final DeltaFold fold) {
    if (owing.add(fold)) {
      bell.ring();
    }
  }

  void close() {
    closed = true;
    bell.ring();
  }

  @Override
  public void run() {
    while (!closed) {
      bell.sleep(() -> closed || !owing.isEmpty());
      payRound();
      bell.sleep(() -> closed, ROUND_NS);
    }
  }

  /** Offers every debt once. */
  void payRound() {
    for (final DeltaFold fold : owing.toArray(new DeltaFold[0])) {
      // removed first: a debt made after the payment is watched again by whoever made it
      owing.remove(fold);
      if (!fold.pay()) {
        owing.add(fold);
      }
    }
  }
}
