package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LatencyHistogramTest {
  /** The same values as latency-buckets.test.ts of runtime/wire. */
  @Test
  void bucketsAreThoseThatControlReads() {
    assertEquals(0, LatencyHistogram.bucketOf(0));
    assertEquals(0, LatencyHistogram.bucketOf(128));
    assertEquals(1, LatencyHistogram.bucketOf(144));
    assertEquals(103, LatencyHistogram.bucketOf(1_000_000));
    assertEquals(191, LatencyHistogram.bucketOf((1L << 31) - 1));
    assertEquals(192, LatencyHistogram.bucketOf(1L << 31));
    assertEquals(295, LatencyHistogram.bucketOf(Long.MAX_VALUE));
  }

  @Test
  void histogramsOfTasksAddUpToPairs() {
    final LatencyHistogram one = new LatencyHistogram();
    final LatencyHistogram other = new LatencyHistogram();
    one.add(144);
    one.add(1_000_000);
    other.add(1_000_000);
    final LatencyHistogram empty = new LatencyHistogram();
    assertEquals(List.of(1L, 1L, 103L, 2L), CountSums.ofLatencies(Stream.of(one, empty, other)));
  }
}
