package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import clojure.lang.BigInt;
import clojure.lang.Keyword;
import clojure.lang.PersistentHashSet;
import clojure.lang.PersistentList;
import clojure.lang.PersistentTreeMap;
import clojure.lang.PersistentTreeSet;
import clojure.lang.PersistentVector;
import clojure.lang.RT;
import clojure.lang.Ratio;
import clojure.lang.Symbol;
import gearstorm.host.json.JsonText;
import gearstorm.host.spi.ValueCodec;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class KryoValueCodecTest {
  private static ValueCodec codec(final String more) {
    return new KryoValueCodec(
        ClojureData.config(JsonText.object(Topologies.config(more)), Set.of()));
  }

  private static void assertRoundTrip(final Object... values) {
    final List<Object> sent = new ArrayList<>(Arrays.asList(values));
    final byte[] bytes = codec("").encode(sent);
    final byte[] framed = new byte[bytes.length + 5];
    System.arraycopy(bytes, 0, framed, 3, bytes.length);
    assertEquals(sent, codec("").decode(framed, 3, bytes.length));
  }

  // clause: kryo
  @Test
  void javaValuesArriveAsTheyWere() {
    assertRoundTrip("storm", 1, 2L, 3.5, true, null, (short) 4, BigInteger.TEN, 'c');
    assertRoundTrip(new ArrayList<>(List.of(1, "x")), new HashMap<>(Map.of("a", 1)));
  }

  @Test
  void valuesTooLargeToBeSentAreRefusedBeforeTheyFillTheMemory() {
    List<Object> doubled = List.of("end");
    for (int depth = 0; depth < 90; depth++) {
      doubled = new ArrayList<>(List.of(doubled, doubled));
    }
    final ValueCodec codec = codec("");
    for (final Object value : List.of(doubled, new byte[ValueCodec.BYTES_MAX + 1])) {
      final Exception refused =
          assertThrows(IllegalArgumentException.class, () -> codec.encode(List.of(value)));
      assertTrue(refused.getMessage().contains("send them in parts"), refused.getMessage());
    }
    final byte[] next = codec.encode(List.of("next"));
    assertEquals(List.of("next"), codec.decode(next, 0, next.length));
  }

  // clause: java-fallback
  @Test
  void aClassWithoutRegistrationGoesAsJavaSerialization() {
    assertRoundTrip(new Point(1, 2));
  }

  // clause: java-fallback
  @Test
  void withoutTheFallbackAnUnknownClassIsRefused() {
    final ValueCodec strict =
        codec("\"topology.kryo.register\":{},\"topology.fall.back.on.java.serialization\":false");
    assertThrows(RuntimeException.class, () -> strict.encode(List.of(new Point(1, 2))));
  }

  @Test
  @SuppressWarnings("JavaUtilDate") // the type of Clojure's instants
  void clojureScalarsArriveAsTheyWere() {
    assertRoundTrip(
        Keyword.intern("ns", "name"),
        Keyword.intern("plain"),
        Symbol.intern("ns", "name"),
        new Ratio(BigInteger.ONE, BigInteger.TWO),
        BigInt.fromBigInteger(BigInteger.TWO.pow(100)),
        new BigDecimal("1.25"),
        new Date(12345L),
        UUID.fromString("00000000-0000-0001-0000-000000000002"));
  }

  @Test
  void clojureCollectionsArriveAsTheyWere() {
    assertRoundTrip(
        PersistentVector.create((Object) "a", 1L, PersistentVector.EMPTY),
        RT.map(Keyword.intern("k"), "v", "n", null),
        RT.map(range(40)),
        PersistentHashSet.create((Object) "a", "b"),
        PersistentList.create(List.of(1L, 2L)),
        PersistentList.EMPTY,
        RT.cons(1L, RT.cons(2L, null)),
        RT.seq(PersistentVector.create((Object) 1L, 2L)),
        PersistentTreeMap.create(Map.of("b", 1L, "a", 2L)),
        PersistentTreeSet.create(RT.seq(List.of(3L, 1L, 2L))));
  }

  private static Object[] range(final int count) {
    final Object[] numbers = new Object[count];
    Arrays.setAll(numbers, Long::valueOf);
    return numbers;
  }

  private record Point(int x, int y) implements Serializable {}
}
