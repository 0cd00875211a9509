package gearstorm.storm0x;

import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The logging of the JDK, which Storm's own libraries do not reach. */
final class JulLevels implements LogLibrary {
  @Override
  public Runnable setLevel(final String name, final String level) {
    final Logger logger = Logger.getLogger(name.equals(ROOT) ? "" : name);
    final Level before = logger.getLevel(); // null: it inherits
    final Level wanted = levelOf(level);
    logger.setLevel(wanted);
    letThrough(wanted);
    return () -> logger.setLevel(before); // holds the logger, which nothing else may do
  }

  /** Handlers have a level of their own; where theirs tells more, the loggers' still decides. */
  private static void letThrough(final Level level) {
    for (final Handler handler : Logger.getLogger("").getHandlers()) {
      if (handler.getLevel().intValue() > level.intValue()) {
        handler.setLevel(level);
      }
    }
  }

  private static Level levelOf(final String level) {
    return switch (level) {
      case "TRACE" -> Level.FINER;
      case "DEBUG" -> Level.FINE;
      case "WARN" -> Level.WARNING;
      case "ERROR", "FATAL" -> Level.SEVERE;
      default -> Level.parse(level);
    };
  }
}
