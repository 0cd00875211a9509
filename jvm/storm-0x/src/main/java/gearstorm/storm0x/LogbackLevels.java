package gearstorm.storm0x;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** The logback of Storm 0.9; what is written through log4j 1.2's classes goes there too. */
final class LogbackLevels implements LogLibrary {
  @Override
  public Runnable setLevel(final String name, final String level) {
    final Logger logger = (Logger) LoggerFactory.getLogger(name);
    final Level before = logger.getLevel(); // null: it inherits
    logger.setLevel(levelOf(level));
    return () -> logger.setLevel(before);
  }

  private static Level levelOf(final String level) {
    return level.equals("FATAL") ? Level.ERROR : Level.valueOf(level);
  }
}
