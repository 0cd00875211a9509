package gearstorm.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class LeaseTest {
  private long nowNs = Long.MAX_VALUE - 5; // a nano clock may wrap
  private final Lease lease = new Lease(7, 10, () -> nowNs);

  private void pass(final int secs) {
    nowNs += TimeUnit.SECONDS.toNanos(secs);
  }

  @Test
  void itIsOverAfterItsLengthWithoutControl() {
    pass(9);
    assertFalse(lease.isOver());
    pass(1);
    assertTrue(lease.isOver());
  }

  @Test
  void anAdmittedControlPlaneRenewsIt() {
    pass(9);
    assertTrue(lease.admit(7));
    pass(9);
    assertFalse(lease.isOver());
  }

  @Test
  void anOlderControlPlaneIsNeitherObeyedNorRenewsIt() {
    assertTrue(lease.admit(9));
    pass(10);
    assertFalse(lease.admit(8));
    assertEquals(9, lease.epoch());
    assertTrue(lease.isOver());
  }
}
