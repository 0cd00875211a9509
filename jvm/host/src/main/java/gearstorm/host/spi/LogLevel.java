package gearstorm.host.spi;

/** Severities that the host itself uses. */
public enum LogLevel {
  INFO,
  WARN,
  ERROR
}
