package gearstorm.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gearstorm.host.control.LoggerLevels.LoggerLevel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LoggerLevelsTest {
  private static final long FOR_EVER = Long.MAX_VALUE;

  private final List<String> done = new ArrayList<>();
  private long nowMs = 1000;
  private final LoggerLevels levels = new LoggerLevels(this::setLevel, () -> nowMs);

  private Runnable setLevel(final String logger, final String level) {
    done.add(logger + "=" + level);
    return () -> done.add(logger + " back");
  }

  @Test
  void aLevelThatIsWantedAgainIsNotTouched() {
    levels.set(List.of(new LoggerLevel("a", "DEBUG", FOR_EVER)));
    levels.set(
        List.of(new LoggerLevel("a", "DEBUG", FOR_EVER), new LoggerLevel("b", "OFF", FOR_EVER)));
    assertEquals(List.of("a=DEBUG", "b=OFF"), done);
  }

  @Test
  void aLevelIsTakenBackBeforeTheLoggerGetsAnother() {
    levels.set(List.of(new LoggerLevel("a", "DEBUG", FOR_EVER)));
    levels.set(List.of(new LoggerLevel("a", "WARN", FOR_EVER)));
    levels.set(List.of());
    assertEquals(List.of("a=DEBUG", "a back", "a=WARN", "a back"), done);
  }

  @Test
  void aLevelIsTakenBackOnceWhenItsTimeIsOver() {
    levels.set(List.of(new LoggerLevel("a", "DEBUG", 2000)));
    nowMs = 1999;
    levels.expire();
    assertEquals(List.of("a=DEBUG"), done);
    nowMs = 2000;
    levels.expire();
    levels.expire();
    assertEquals(List.of("a=DEBUG", "a back"), done);
  }

  @Test
  void aLevelWhoseTimeIsOverAlreadyIsNeverSet() {
    levels.set(List.of(new LoggerLevel("a", "DEBUG", 1000)));
    assertEquals(List.of(), done);
  }
}
