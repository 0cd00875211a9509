package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.flow.Ring;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Which of the tuples that go into a ring are stamped. */
final class StampsTest {
  private static final int RINGS = 4;
  private static final int EVERY = 20;
  private static final int CAPACITY = 16;

  private long nowNs = TimeUnit.SECONDS.toNanos(1);
  private final Ring ring = new Ring(CAPACITY);
  private final Stamps stamps = new Stamps(ring, new ComponentConfig("{}"), RINGS, () -> nowNs);

  private boolean offer() {
    final boolean put = ring.offer(stamps.next("tuple"));
    if (!put) {
      stamps.onRefused();
    }
    return put;
  }

  private boolean takesStamped() {
    return ring.poll() instanceof Stamped;
  }

  @Test
  void aTupleThatIsOfferedAgainAndAgainMakesNoFlow() {
    for (int tuple = 0; tuple < CAPACITY; tuple++) {
      assertTrue(offer());
    }
    int stamped = 0;
    for (int tuple = 0; tuple < 100 * EVERY; tuple++) {
      for (int millis = 0; millis < 100; millis++) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(1);
        assertFalse(offer());
      }
      stamped += takesStamped() ? 1 : 0;
      assertTrue(offer());
    }
    assertEquals(100, stamped);
  }
}
