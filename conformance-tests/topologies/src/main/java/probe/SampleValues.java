package probe;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.UUID;

/** Values whose hash is the same in every process, or, for arrays, by content. */
final class SampleValues {
  private SampleValues() {}

  static List<Object> all() {
    List<Object> values = new ArrayList<>();
    values.addAll(
        Arrays.asList("", "a", "b", "storm", "\u00e4\u4e2d\ud83d\ude00", "polygenelubricants"));
    values.addAll(Arrays.asList(0, 1, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE));
    values.addAll(Arrays.asList(0L, 1L, -1L, 1L << 40, Long.MIN_VALUE));
    values.addAll(Arrays.asList(0.0, -0.0, 1.5, Double.NaN, Double.MAX_VALUE, 0.5f));
    values.addAll(Arrays.asList(true, false, 'c', (short) 3, (byte) -3));
    values.addAll(
        Arrays.asList(BigInteger.TEN.pow(30), new BigDecimal("1.50"), new Date(86400000)));
    values.add(new UUID(1, 2));
    values.add(null);
    values.addAll(Arrays.asList(Arrays.asList(1, "a"), Arrays.asList(), Arrays.asList(1, null)));
    values.add(Arrays.asList(Arrays.asList(1), Collections.singletonMap("k", 2)));
    values.add(Collections.singletonMap("k", "v"));
    values.add(Collections.singleton("s"));
    values.add(new byte[] {1, 2, -3});
    values.add(new int[] {1, 2});
    values.add(new long[] {1L << 40});
    values.add(new double[] {0.5});
    values.add(new String[] {"x", "y"});
    values.add(new Object[] {1, new byte[] {9}, null});
    return values;
  }
}
