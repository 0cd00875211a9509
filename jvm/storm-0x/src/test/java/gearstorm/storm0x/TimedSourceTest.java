package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TimedSourceTest {
  private final RecordedEmits emits = new RecordedEmits();
  private final HeldEmits held = new HeldEmits(new SpoutCollector(emits));
  private final Sleeper sleeper = new Sleeper();
  private final TimedSource<Object> source = new TimedSource<>(sleeper, batch -> true, held);

  @Test
  void whenASourceTookItsTimeBefore_thenNothingThatWasEmittedWaitsForItAgain() {
    sleeper.millis = 20;
    held.emit("$commit", List.of("1:0"), "1:0");
    assertTrue(source.isReady(2));
    assertEquals(List.of(), emits.calls);
    assertTrue(source.isReady(3));
    assertEquals(List.of("emit $commit [1:0] id 1:0"), sleeper.seen);
  }

  /** Writes down what had gone when it was asked. */
  private final class Sleeper extends TestSource {
    private long millis;
    private List<String> seen = List.of();

    @Override
    public boolean isReady(final long batch) {
      seen = List.copyOf(emits.calls);
      try {
        Thread.sleep(millis);
      } catch (InterruptedException stopped) {
        throw new IllegalStateException(stopped);
      }
      return true;
    }
  }
}
