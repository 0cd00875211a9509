package gearstorm.storm0x;

import gearstorm.host.spi.LogLevel;
import gearstorm.host.spi.WorkerEnvironment;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker's log: slf4j of the topology's loader, on the logback of 0.9 or the log4j of 0.10,
 * both told to write one rotated file. Lines are those of Storm 1 and 2, which name the thread, and
 * so the component. What is printed goes there too. A worker without a file logs as the process
 * does that it is in.
 */
final class WorkerLog {
  private final Logger logger = LoggerFactory.getLogger("gearstorm.worker");

  private WorkerLog() {}

  /** Must come before the first class that logs: a logging library reads its settings once. */
  static WorkerLog open(final WorkerEnvironment environment) {
    final Path file = environment.logFile();
    if (file == null) {
      return new WorkerLog();
    }
    // the names under which Storm's own worker publishes them
    System.setProperty("storm.log.dir", file.getParent().toString());
    System.setProperty("logfile.name", file.getFileName().toString());
    System.setProperty("storm.id", environment.stormId());
    System.setProperty("worker.port", String.valueOf(environment.workerPort()));
    System.setProperty("logback.configurationFile", resource("worker-logback.xml"));
    System.setProperty("log4j.configurationFile", resource("worker-log4j2.xml"));
    final WorkerLog log = new WorkerLog();
    final Logger printed = LoggerFactory.getLogger("STDIO");
    System.setOut(redirect(System.out, printed::info));
    System.setErr(redirect(System.err, printed::error));
    return log;
  }

  private static String resource(final String name) {
    return WorkerLog.class.getResource(name).toString();
  }

  private static PrintStream redirect(final PrintStream original, final Consumer<String> log) {
    return new PrintStream(new LineStream(log, original), true, StandardCharsets.UTF_8);
  }

  /** Of a logger of any library that user code may use; returns what takes it back. */
  Runnable setLevel(final String name, final String level) {
    final Runnable slf4j = LogLibrary.behindSlf4j().setLevel(name, level);
    final Runnable jul = new JulLevels().setLevel(name, level);
    logger.info("level of logger {} is {}", name, level);
    return () -> {
      slf4j.run();
      jul.run();
      logger.info("level of logger {} is what it was", name);
    };
  }

  void write(final LogLevel level, final String message, final Throwable cause) {
    switch (level) {
      case INFO -> logger.info(message, cause);
      case WARN -> logger.warn(message, cause);
      case ERROR -> logger.error(message, cause);
    }
  }
}
