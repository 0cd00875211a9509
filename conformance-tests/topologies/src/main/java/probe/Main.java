package probe;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Runs probes against the Storm that the client is configured for, some at a time, and leaves their
 * notes in a directory: DIRECTORY SLOTS SUFFIX [NAME...]. The suffix makes the names of the
 * topologies its own. Without names all probes run.
 */
public final class Main {
  private static final List<Probe> PROBES =
      Collections.unmodifiableList(
          Arrays.asList(
              new FailureProbe(),
              new EndingProbe(),
              new AckProbe("acking", 1, 6, true),
              new AckProbe("acking-without-ackers", 0, 1, true),
              new AckProbe("acking-without-timeouts", 1, 1, false),
              new LifecycleProbe(),
              new ObserverProbe(),
              new KryoProbe(),
              new ContextProbe(),
              new GroupingProbe(),
              new TridentProbe(),
              new AttemptProbe()));

  private Main() {}

  public static void main(String[] args) throws Exception {
    if (args.length < 3) {
      throw new IllegalArgumentException("usage: DIRECTORY SLOTS SUFFIX [NAME...]");
    }
    Path directory = Paths.get(args[0]);
    Semaphore slots = new Semaphore(Integer.parseInt(args[1]), true);
    List<String> names = Arrays.asList(args).subList(3, args.length);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> runs = new ArrayList<>();
    for (Probe probe : PROBES) {
      if (names.isEmpty() || names.contains(probe.name())) {
        slots.acquire(probe.workers());
        runs.add(threads.submit(() -> run(probe, directory, args[2], slots)));
      }
    }
    threads.shutdown();
    for (Future<?> run : runs) {
      run.get();
    }
  }

  private static Void run(Probe probe, Path directory, String suffix, Semaphore slots)
      throws Exception {
    Path path = Files.createFile(directory.resolve(probe.name() + ".tsv"));
    Session session = new Session(path, "probe-" + probe.name() + suffix);
    try {
      probe.run(session);
    } finally {
      session.kill();
      slots.release(probe.workers());
    }
    return null;
  }
}
