package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.util.AbstractCollection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SizeEstimateTest {
  private static final int MIB = 1 << 20;

  private final SizeEstimate sizes = new SizeEstimate();

  /** An object of the topology's own, as an event with a body. */
  private record Event(String name, byte[] body) {}

  private record Batch(List<Event> events) {}

  @Test
  void whatIsBelowAKibibyteWeighsNothing() {
    assertEquals(0, sizes.kibibytes(List.of()));
    assertEquals(0, sizes.kibibytes(Arrays.asList(1, 2L, true, null, "word", new byte[100])));
    assertEquals(0, sizes.kibibytes(List.of(new Event("small", new byte[10]))));
  }

  @Test
  void textArraysAndBuffersAreMeasured() {
    assertEquals(1024, kibibytes("x".repeat(MIB)));
    assertEquals(1024, kibibytes(new byte[MIB]));
    assertEquals(8192, kibibytes(new long[MIB]));
    assertEquals(4096, kibibytes(new float[MIB]));
    assertEquals(2048, kibibytes(new char[MIB]));
    assertEquals(1024, kibibytes(CharBuffer.allocate(MIB)));
    assertEquals(1024, kibibytes(ByteBuffer.allocate(MIB)));
    assertEquals(65_535, kibibytes(new long[MIB * 16]));
  }

  @Test
  void collectionsAreMeasuredByTheirFirstElements() {
    final String text = "x".repeat(1016);
    assertEquals(1000, kibibytes(Collections.nCopies(1000, text)));
    assertEquals(1000, kibibytes(new ArrayList<>(Collections.nCopies(1000, text)).toArray()));
    final Map<Object, Object> map = new HashMap<>();
    for (int key = 0; key < 1000; key++) {
      map.put(key, text);
    }
    assertTrue(kibibytes(map) >= 1000);
    assertEquals(0, kibibytes(List.of()));
  }

  @Test
  void objectsAreMeasuredByWhatTheyReferTo() {
    assertEquals(1024, kibibytes(new Event("", new byte[MIB])));
    assertTrue(
        kibibytes(new Batch(Collections.nCopies(10, new Event("", new byte[MIB])))) >= 10_240);
  }

  @Test
  void afterASmallObjectAFewGoByUnseenAndThenALargeOneIsSeenEveryTime() {
    assertEquals(0, sizes.kibibytes(List.of(new Event("", new byte[1]))));
    final List<Object> large = List.of(new Event("", new byte[MIB]));
    int unseen = 0;
    while (sizes.kibibytes(large) == 0) {
      unseen++;
    }
    assertEquals(15, unseen);
    assertEquals(1024, sizes.kibibytes(large));
  }

  @Test
  void aSequenceThatMakesItsElementsWhenAskedIsNotLookedInto() {
    final Collection<Integer> endless =
        new AbstractCollection<>() {
          @Override
          public Iterator<Integer> iterator() {
            throw new AssertionError("user code ran for an estimate");
          }

          @Override
          public int size() {
            throw new AssertionError("an endless sequence was counted");
          }
        };

    assertEquals(0, sizes.kibibytes(List.of(endless)));
  }

  @Test
  void aCollectionThatContainsItselfOrThrowsIsNoMatter() {
    final List<Object> itself = new ArrayList<>();
    itself.add(itself);
    assertEquals(0, kibibytes(itself));
    final List<Object> broken =
        new ArrayList<>(List.of(1)) {
          private static final long serialVersionUID = 1L;

          @Override
          public int size() {
            throw new IllegalStateException("changed by another thread");
          }
        };
    assertEquals(0, kibibytes(broken));
  }

  private static int kibibytes(final Object value) {
    return new SizeEstimate().kibibytes(List.of(value));
  }
}
