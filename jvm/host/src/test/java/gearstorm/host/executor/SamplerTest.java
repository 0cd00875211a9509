package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class SamplerTest {
  private static final long SECOND_NS = 1_000_000_000;

  private long nowNs = SECOND_NS;

  private static Sampler sampler(final String rate) {
    return new Sampler(new ComponentConfig("{\"topology.stats.sample.rate\":" + rate + "}"));
  }

  /** How many of so many tuples are picked, one every so many nanoseconds. */
  private int picked(final Sampler sampler, final int tuples, final long everyNs) {
    int picked = 0;
    for (int tuple = 0; tuple < tuples; tuple++) {
      nowNs += everyNs;
      if (sampler.picks()) {
        picked++;
        sampler.onSample(nowNs);
      }
    }
    return picked;
  }

  @Test
  void oneTupleInTwentyByDefaultTheFirstAtOnce() {
    final Sampler sampler = new Sampler(new ComponentConfig("{}"));
    assertTrue(sampler.picks());
    assertEquals(50, picked(sampler, 1000, 1_000_000));
  }

  @Test
  void fewerWhereTheyWouldBeMoreThanTenThousandASecond() {
    final Sampler sampler = sampler("0.05");
    picked(sampler, 100_000, 200);
    final int ofOneSecond = picked(sampler, 5_000_000, 200);
    assertTrue(ofOneSecond > 2_000 && ofOneSecond < 12_000, ofOneSecond + " in a second");
  }

  @Test
  void asFewAsIsAskedFor() {
    final Sampler sampler = new Sampler(new ComponentConfig("{}"), 10_000_000);
    picked(sampler, 1_000_000, 10_000);
    final int ofTenSeconds = picked(sampler, 1_000_000, 10_000);
    assertTrue(ofTenSeconds > 200 && ofTenSeconds < 1_200, ofTenSeconds + " in ten seconds");
  }

  @Test
  void asManyAsBeforeOnceTheFlowIsSlow() {
    final Sampler sampler = sampler("0.05");
    picked(sampler, 100_000, 200);
    picked(sampler, 10_000, 1_000_000);
    assertEquals(50, picked(sampler, 1000, 1_000_000));
  }

  @Test
  void whoSleepsPicksAtTheFullRateAgain() {
    final Sampler sampler = sampler("0.05");
    picked(sampler, 100_000, 200);
    sampler.onSleep();
    assertEquals(1, picked(sampler, 20, 200));
  }

  @Test
  void whoAsksForMoreThanTheDefaultGetsIt() {
    assertEquals(1000, picked(sampler("1.0"), 1000, 200));
    assertEquals(0, picked(sampler("0"), 1000, 200));
  }
}
