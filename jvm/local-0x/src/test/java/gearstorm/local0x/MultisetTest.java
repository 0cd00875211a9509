package gearstorm.local0x;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MultisetTest {
  @Test
  void whenOnlyTheOrderDiffers_thenTheyAreEqual() {
    assertTrue(
        Multiset.equal(
            List.of(List.of("a", 1), List.of("b", 2)), List.of(List.of("b", 2), List.of("a", 1))));
  }

  @Test
  void whenOneHasAValueOftener_thenTheyDiffer() {
    assertFalse(Multiset.equal(List.of("a", "a", "b"), List.of("a", "b", "b")));
  }

  @Test
  void whenNumbersDifferInWidthOnly_thenTheyAreEqualHoweverDeep() {
    assertTrue(Multiset.equal(List.of(Map.of("a", List.of(1))), List.of(Map.of("a", List.of(1L)))));
  }

  @Test
  void whenOneNumberIsADecimal_thenTheyDiffer() {
    assertFalse(Multiset.equal(List.of(1), List.of(1.0)));
  }
}
