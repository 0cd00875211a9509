package gearstorm.host;

import gearstorm.host.control.Surroundings;
import gearstorm.host.control.Worker;
import gearstorm.host.inspect.Inspection;
import gearstorm.host.loading.TopologyClassPath;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The component host: {@code worker ASSIGNMENT} or {@code inspect REQUEST}. */
public final class Main {
  private static final int WRONG_FILES = 2;

  private Main() {}

  public static void main(final String[] args) {
    final String command = args.length == 2 ? args[0] : "";
    try {
      switch (command) {
        case "worker" -> Worker.start(Path.of(args[1]), Surroundings.ownProcess());
        case "inspect" -> {
          Inspection.run(Path.of(args[1]), TopologyClassPath.loader());
          end(0);
        }
        default -> {
          System.err.println("usage: worker ASSIGNMENT | inspect REQUEST");
          end(WRONG_FILES);
        }
      }
    } catch (Exception | LinkageError error) {
      sayPlainly("cannot start: " + error);
      error.printStackTrace();
      end(WRONG_FILES);
    }
  }

  /** Past whatever System.err is by now: who started this process reads it there. */
  private static void sayPlainly(final String message) {
    new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8)
        .println(message);
  }

  /** Without waiting for threads or shutdown hooks that user code may have left behind. */
  private static void end(final int exitCode) {
    System.out.flush();
    System.err.flush();
    Runtime.getRuntime().halt(exitCode);
  }
}
