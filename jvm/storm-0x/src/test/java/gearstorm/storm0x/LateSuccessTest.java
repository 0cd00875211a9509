package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class LateSuccessTest {
  private final RecordedEmits emits = new RecordedEmits();
  private final LateSuccess success = new LateSuccess(new SpoutCollector(emits));

  @Test
  void whenABatchSucceeded_thenItIsToldAtTheEndOfTheAck() {
    success.emit("$success", List.of("1:0"), null);
    assertEquals(List.of(), emits.calls);
    success.release();
    success.release();
    assertEquals(List.of("emit $success [1:0] id null"), emits.calls);
  }

  @Test
  void whenTheNextBatchIsCommitted_thenTheSuccessOfTheOneBeforeComesFirst() {
    success.emit("$success", List.of("1:0"), null);
    success.emit("$commit", List.of("2:0"), "2:0");
    success.release();
    assertEquals(List.of("emit $success [1:0] id null", "emit $commit [2:0] id 2:0"), emits.calls);
  }
}
