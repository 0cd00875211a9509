package gearstorm.storm0x;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;

/** The log4j 2 of Storm 0.10. */
final class Log4jLevels implements LogLibrary {
  @Override
  public Runnable setLevel(final String logger, final String level) {
    final String name = logger.equals(ROOT) ? LogManager.ROOT_LOGGER_NAME : logger;
    final LoggerContext context = (LoggerContext) LogManager.getContext(false);
    final Configuration configuration = context.getConfiguration();
    final LoggerConfig nearest = configuration.getLoggerConfig(name);
    final Runnable back;
    if (nearest.getName().equals(name)) {
      final Level before = nearest.getLevel();
      nearest.setLevel(Level.valueOf(level));
      back = () -> nearest.setLevel(before);
    } else {
      configuration.addLogger(name, new LoggerConfig(name, Level.valueOf(level), true));
      back = () -> configuration.removeLogger(name);
    }
    context.updateLoggers();
    return () -> {
      back.run();
      context.updateLoggers();
    };
  }
}
