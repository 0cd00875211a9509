package gearstorm.local0x;

import backtype.storm.generated.Nimbus;
import backtype.storm.generated.StormTopology;
import backtype.storm.generated.SubmitOptions;
import backtype.storm.utils.NimbusClient;
import backtype.storm.utils.Time;
import backtype.storm.utils.Utils;
import gearstorm.host.executor.Traffic;
import gearstorm.host.json.JsonText;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** A cluster whose topologies run in this process, with its control plane beside it. */
public final class LocalRuntime {
  private static final String TRANSPORT = "storm.thrift.transport";
  private static final String PLAIN_TRANSPORT =
      "backtype.storm.security.auth.SimpleTransportPlugin";
  private static final String VERSION = "gearstorm.storm.version";
  private static final String SOCKET = "guests.sock";
  private static final String NO_JAR = "";
  private static final int CHUNK_BYTES = 307_200;

  private final LocalFolder folder;
  private final GuestDoor door;
  private final LocalZooKeeper zooKeeper;
  private final ControlPlane control;
  private final Nimbus.Iface nimbus;
  private final ClassLoader loader;
  private final ClusterSettings settings;
  private final AtomicBoolean ended = new AtomicBoolean();

  private LocalRuntime(
      final LocalFolder folder,
      final GuestDoor door,
      final LocalZooKeeper zooKeeper,
      final ControlPlane control,
      final ClassLoader loader,
      final ClusterSettings settings) {
    this.folder = folder;
    this.door = door;
    this.zooKeeper = zooKeeper;
    this.control = control;
    this.loader = loader;
    this.settings = settings;
    this.nimbus =
        (Nimbus.Iface)
            Proxy.newProxyInstance(
                LocalRuntime.class.getClassLoader(),
                new Class<?>[] {Nimbus.Iface.class},
                (proxy, method, arguments) -> ask(method, arguments));
  }

  /**
   * Returns when topologies can be submitted.
   *
   * @param loader of user code
   * @throws UncheckedIOException when it does not start, with the reason
   */
  static LocalRuntime start(final ClusterSettings settings, final ClassLoader loader) {
    try {
      final LocalFolder folder = LocalFolder.create();
      final Path socket = folder.path().resolve(SOCKET);
      final GuestDoor door = GuestDoor.open(socket, loader, LocalRuntime::clock);
      try {
        return start(folder, door, settings, loader);
      } catch (IOException | RuntimeException error) {
        door.close();
        folder.remove();
        throw error;
      }
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private static LocalRuntime start(
      final LocalFolder folder,
      final GuestDoor door,
      final ClusterSettings settings,
      final ClassLoader loader)
      throws IOException {
    final LocalZooKeeper zooKeeper =
        settings.namesZooKeeper()
            ? null
            : LocalZooKeeper.start(
                Files.createDirectory(folder.path().resolve("zookeeper")), loader);
    try {
      final List<String> lines = settings.lines(zooKeeper == null ? null : zooKeeper.port());
      final ControlPlane control =
          ControlPlane.start(folder.path(), folder.path().resolve(SOCKET), lines);
      return new LocalRuntime(folder, door, zooKeeper, control, loader, settings);
    } catch (IOException error) {
      if (zooKeeper != null) {
        zooKeeper.stop();
      }
      throw error;
    }
  }

  /** Whose methods may be called from any thread. */
  public Nimbus.Iface nimbus() {
    return nimbus;
  }

  public ClusterSettings settings() {
    return settings;
  }

  /**
   * @param options null for Storm's usual ones
   * @throws IllegalArgumentException when the configuration is none that JSON can carry
   * @throws IllegalStateException after {@link #shutdown}
   * @throws Exception as Nimbus refuses it
   */
  public void submit(
      final String name,
      final Map<?, ?> conf,
      final StormTopology topology,
      final SubmitOptions options)
      throws Exception {
    checkRuns();
    if (!isValid(conf)) {
      throw new IllegalArgumentException("Topology conf is not json-serializable");
    }
    final String json = JsonText.write(withVersion(conf));
    final String jar = uploadResources();
    if (options == null) {
      nimbus.submitTopology(name, jar, json, topology);
    } else {
      nimbus.submitTopologyWithOpts(name, jar, json, topology, options);
    }
  }

  /** Where StormSubmitter can submit to it. */
  String nimbusHost() {
    return control.host();
  }

  int nimbusPort() {
    return control.port();
  }

  boolean hasTopologies() {
    return !ended.get() && Sneaky.call(() -> nimbus.getClusterInfo().get_topologies_size() > 0);
  }

  boolean hasTopology(final String name) {
    return Sneaky.call(
        () ->
            nimbus.getClusterInfo().get_topologies().stream()
                .anyMatch(topology -> topology.get_name().equals(name)));
  }

  /** Whether a worker runs. */
  boolean hasWorkers() {
    return door.hasWorkers();
  }

  /** What all executors have done so far. */
  Traffic traffic() {
    return door.traffic();
  }

  /** Simulated time has gone on. */
  void clockMoved() {
    door.clockMoved();
  }

  /** Ends all topologies; returns when nothing is left. */
  public void shutdown() {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    control.stop();
    if (zooKeeper != null) {
      zooKeeper.stop();
    }
    try {
      door.close();
      folder.remove();
    } catch (IOException error) {
      throw new UncheckedIOException(error);
    }
  }

  private void checkRuns() {
    if (ended.get()) {
      throw new IllegalStateException("this LocalCluster was shut down");
    }
  }

  /** Storm's own simulated time, while there is one. */
  private static LongSupplier clock() {
    return Time.isSimulating()
        ? () -> TimeUnit.MILLISECONDS.toNanos(Time.currentTimeMillis())
        : System::nanoTime;
  }

  /** A client of Storm's is for one thread, and for as long as its connection lasts. */
  private Object ask(final Method method, final Object[] arguments) throws Throwable {
    checkRuns();
    final Map<Object, Object> conf = new HashMap<>();
    ((Map<?, ?>) Utils.readStormConfig()).forEach(conf::put);
    conf.put(TRANSPORT, PLAIN_TRANSPORT);
    final NimbusClient client = new NimbusClient(conf, control.host(), control.port());
    try {
      return method.invoke(client.getClient(), arguments);
    } catch (InvocationTargetException error) {
      throw error.getCause();
    } finally {
      client.close();
    }
  }

  @SuppressWarnings("unchecked") // whether the keys are strings is what is asked
  private static boolean isValid(final Map<?, ?> conf) {
    return Utils.isValidConf((Map<String, Object>) conf);
  }

  /** Clients of 0.10 are known by what StormSubmitter adds, which nobody does here. */
  private Map<?, ?> withVersion(final Map<?, ?> conf) {
    if (conf.containsKey(VERSION)
        || loader.getResource("backtype/storm/security/auth/IAutoCredentials.class") == null) {
      return conf;
    }
    final Map<Object, Object> all = new HashMap<>(conf);
    all.put(VERSION, "0.10.2");
    return all;
  }

  /** The location of no jar when the class path has none. */
  private String uploadResources() throws Exception {
    final Path jar = Files.createTempFile(folder.path(), "resources", ".jar");
    try {
      return ResourcesJar.write(classPath(), jar) ? upload(jar) : NO_JAR;
    } finally {
      Files.delete(jar);
    }
  }

  private static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .toList();
  }

  private String upload(final Path jar) throws Exception {
    final String location = nimbus.beginFileUpload();
    try (InputStream content = Files.newInputStream(jar)) {
      for (byte[] chunk = content.readNBytes(CHUNK_BYTES);
          chunk.length > 0;
          chunk = content.readNBytes(CHUNK_BYTES)) {
        nimbus.uploadChunk(location, ByteBuffer.wrap(chunk));
      }
    }
    nimbus.finishFileUpload(location);
    return location;
  }
}
