package gearstorm.storm0x;

import org.slf4j.LoggerFactory;

/** Where the levels of loggers are kept. */
interface LogLibrary {
  /** What stands for the logger that all others inherit from. */
  String ROOT = "ROOT";

  /**
   * Gives a logger, and those that inherit from it, a level.
   *
   * @param level a name of Log4j's levels
   * @return what gives it back the one that it had
   */
  Runnable setLevel(String logger, String level);

  /** The library behind slf4j; of one that cannot be set, nothing is. */
  static LogLibrary behindSlf4j() {
    final String factory = LoggerFactory.getILoggerFactory().getClass().getName();
    return switch (factory) {
      case "ch.qos.logback.classic.LoggerContext" -> new LogbackLevels();
      case "org.apache.logging.slf4j.Log4jLoggerFactory" -> new Log4jLevels();
      default -> (logger, level) -> () -> {};
    };
  }
}
