package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class TridentAttemptsTest {
  @Test
  void whenABatchIsInFlight_thenItsLastAttemptIsKnownEvenIfItIsTheLastOfThem() {
    final TreeMap<Long, Integer> attempts = new TreeMap<>(Map.of(7L, 2));
    TridentAttempts.add(Map.of("7", 2L, "8", 0L, "9", 4L), 7, attempts);
    assertEquals(Map.of(7L, 2, 8L, 0, 9L, 4), attempts);
  }

  @Test
  void whenSourcesStoredDifferentAttempts_thenTheHighestCounts() {
    final TreeMap<Long, Integer> attempts = new TreeMap<>();
    TridentAttempts.add(Map.of("3", 5L), 3, attempts);
    TridentAttempts.add(Map.of("3", 4L), 3, attempts);
    assertEquals(Map.of(3L, 5), attempts);
  }

  @Test
  void whenABatchIsCommitted_thenItsAttemptsAreForgotten() {
    final TreeMap<Long, Integer> attempts = new TreeMap<>();
    TridentAttempts.add(Map.of("1", 3L, "2", 1L), 2, attempts);
    assertEquals(Map.of(2L, 1), attempts);
  }
}
