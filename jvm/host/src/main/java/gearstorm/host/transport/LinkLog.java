package gearstorm.host.transport;

import gearstorm.host.spi.LogLevel;

/** Takes what links have to say; called by any thread, never per tuple. */
@FunctionalInterface
public interface LinkLog {
  /**
   * Writes one line.
   *
   * @param cause null when the message says it all
   */
  void log(LogLevel level, String message, Throwable cause);
}
