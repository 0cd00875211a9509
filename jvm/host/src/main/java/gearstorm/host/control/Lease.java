package gearstorm.host.control;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How long a worker lives without a control plane, and which control planes it obeys: the epoch
 * never goes back. Used by the connection's thread alone, except for {@link #epoch}.
 */
final class Lease {
  private final long leaseNs;
  private final LongSupplier nanoClock;
  private volatile long epoch;
  private long renewedNs;

  Lease(final long epoch, final int leaseSecs, final LongSupplier nanoClock) {
    this.epoch = epoch;
    this.leaseNs = TimeUnit.SECONDS.toNanos(leaseSecs);
    this.nanoClock = nanoClock;
    this.renewedNs = nanoClock.getAsLong();
  }

  /** The highest epoch obeyed. */
  long epoch() {
    return epoch;
  }

  /** False when the control plane is an older one and must not be obeyed. */
  boolean admit(final long offered) {
    if (offered < epoch) {
      return false;
    }
    epoch = offered;
    renew();
    return true;
  }

  /** Starts the lease anew: control was there until now. */
  void renew() {
    renewedNs = nanoClock.getAsLong();
  }

  boolean isOver() {
    return nanoClock.getAsLong() - renewedNs >= leaseNs;
  }
}
