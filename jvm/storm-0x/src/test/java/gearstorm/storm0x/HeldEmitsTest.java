package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class HeldEmitsTest {
  private final RecordedEmits emits = new RecordedEmits();
  private final HeldEmits held = new HeldEmits(new SpoutCollector(emits));

  // clause: trident-commit
  @Test
  void whenABatchSucceeded_thenItIsToldAtTheEndOfTheAck() {
    held.emit("$success", List.of("1:0"), null);
    assertEquals(List.of(), emits.calls);
    held.release();
    held.release();
    assertEquals(List.of("emit $success [1:0] id null"), emits.calls);
  }

  @Test
  void whenTheNextBatchIsCommitted_thenTheSuccessOfTheOneBeforeComesFirst() {
    held.emit("$success", List.of("1:0"), null);
    held.emit("$commit", List.of("2:0"), "2:0");
    held.release();
    assertEquals(List.of("emit $success [1:0] id null", "emit $commit [2:0] id 2:0"), emits.calls);
  }
}
