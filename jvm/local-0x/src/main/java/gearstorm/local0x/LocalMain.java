package gearstorm.local0x;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Runs a main whose topologies are to run in this process: {@code TTL_SECS CLASS ARGUMENT...}. What
 * it submits to LocalCluster does anyway; what it hands to StormSubmitter goes to a cluster that
 * was made for it. Topologies that run when the main has ended do so for the given time; where none
 * does, the process ends as that of any main.
 */
public final class LocalMain {
  private static final String OPTIONS = "storm.options";

  private LocalMain() {}

  /**
   * @throws Throwable as the user's main does
   */
  public static void main(final String[] args) throws Throwable {
    final double ttlSecs = Double.parseDouble(args[0]);
    final ClassLoader loader = LocalMain.class.getClassLoader();
    final LocalRuntime submitted = LocalClusters.startSpare(ClusterSettings.usual(), loader);
    addOption("nimbus.host", submitted.nimbusHost());
    addOption("nimbus.thrift.port", String.valueOf(submitted.nimbusPort()));
    try {
      run(Class.forName(args[1], true, loader), Arrays.copyOfRange(args, 2, args.length));
    } catch (Throwable error) {
      LocalClusters.shutdownAll();
      throw error;
    }
    if (LocalClusters.anyTopologyRuns()) {
      TimeUnit.MILLISECONDS.sleep(Math.round(1000 * ttlSecs));
      LocalClusters.shutdownAll();
      System.exit(0);
    }
  }

  private static void run(final Class<?> main, final String[] args) throws Throwable {
    try {
      main.getMethod("main", String[].class).invoke(null, (Object) args);
    } catch (InvocationTargetException error) {
      throw error.getCause();
    }
  }

  /** As {@code -c} on the command line. */
  private static void addOption(final String key, final String value) {
    final String options = System.getProperty(OPTIONS, "");
    final String option = key + "%3D" + value;
    System.setProperty(OPTIONS, options.isEmpty() ? option : options + "," + option);
  }
}
