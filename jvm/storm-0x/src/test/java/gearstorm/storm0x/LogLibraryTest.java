package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goal: levels of the library that the libraries of each Storm put behind slf4j, and of the JDK's.
 */
final class LogLibraryTest {
  private final LogLibrary library = LogLibrary.behindSlf4j();
  private final Logger logger = LoggerFactory.getLogger("acme.levels.Here");

  @Test
  void aLoggerAndThoseBelowItHaveTheLevelUntilItIsTakenBack() {
    final boolean before = logger.isTraceEnabled();
    final Runnable back = library.setLevel("acme.levels", "TRACE");
    assertTrue(logger.isTraceEnabled());
    back.run();
    assertEquals(before, logger.isTraceEnabled());
  }

  @Test
  void aLoggerOfItsOwnNameGoesBackToWhatItInherits() {
    final Runnable root = library.setLevel(LogLibrary.ROOT, "WARN");
    final Runnable own = library.setLevel("acme.levels.Here", "OFF");
    assertFalse(logger.isErrorEnabled());
    own.run();
    assertTrue(logger.isWarnEnabled());
    assertFalse(logger.isInfoEnabled());
    root.run();
  }

  @Test
  void everyLevelOfLog4jIsKnown() {
    for (final String level :
        new String[] {"ALL", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL", "OFF"}) {
      library.setLevel("acme.levels", level).run();
      new JulLevels().setLevel("acme.levels", level).run();
    }
  }

  @Test
  void loggersOfTheJdkAreSetAsWell() {
    final java.util.logging.Logger jdk = java.util.logging.Logger.getLogger("acme.levels.jdk");
    assertFalse(jdk.isLoggable(Level.FINE));
    final Runnable back = new JulLevels().setLevel("acme.levels", "DEBUG");
    assertTrue(jdk.isLoggable(Level.FINE));
    assertFalse(jdk.isLoggable(Level.FINER));
    back.run();
    assertFalse(jdk.isLoggable(Level.FINE));
  }
}
