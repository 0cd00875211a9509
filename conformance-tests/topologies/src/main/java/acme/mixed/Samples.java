package acme.mixed;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Values of every kind that a topology may emit. */
final class Samples {
  private Samples() {}

  static List<Object> all() {
    List<Object> all = new ArrayList<>(Arrays.asList(scalars()));
    all.add(null);
    all.add(new byte[] {1, -2, 3});
    all.add(new ArrayList<Object>(Arrays.asList(1L, "x", null, 2.0)));
    all.add(new HashMap<Object, Object>(Collections.singletonMap("k", 3L)));
    all.add(new HashMap<Object, Object>(Collections.singletonMap(4L, new ArrayList<Object>())));
    all.add(new HashSet<Object>(Collections.singleton("s")));
    all.add(new int[] {1, 2});
    all.add(new String[] {"a", "b"});
    return all;
  }

  private static Object[] scalars() {
    return new Object[] {
      "storm",
      "Ünï 中 😀",
      "half \ud83d",
      0L,
      -1L,
      1L << 40,
      Long.MAX_VALUE,
      Long.MIN_VALUE,
      1.5,
      1.0,
      -0.0,
      Double.NaN,
      1e300,
      true,
      false,
      new Date(1234567890123L),
      'c',
      BigInteger.TEN.pow(30),
      new BigDecimal("1.50"),
      new UUID(1, 2),
      Collections.singletonList(7L),
      7,
      (short) 8,
      (byte) 9,
      0.5f,
    };
  }

  /** A value with its class; of lists, maps and arrays also those of what they hold. */
  static String describe(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof List) {
      StringBuilder text = new StringBuilder("List");
      for (Object each : (List<?>) value) {
        text.append(' ').append(describe(each));
      }
      return text.append(" end").toString();
    }
    if (value instanceof Map) {
      StringBuilder text = new StringBuilder("Map");
      for (Map.Entry<?, ?> each : ((Map<?, ?>) value).entrySet()) {
        text.append(' ').append(describe(each.getKey())).append(describe(each.getValue()));
      }
      return text.append(" end").toString();
    }
    return value.getClass().getSimpleName() + " " + text(value);
  }

  private static String text(Object value) {
    if (value instanceof byte[]) {
      return Arrays.toString((byte[]) value);
    }
    if (value instanceof int[]) {
      return Arrays.toString((int[]) value);
    }
    if (value instanceof Date) {
      return String.valueOf(((Date) value).getTime());
    }
    return value instanceof Object[] ? Arrays.toString((Object[]) value) : value.toString();
  }
}
