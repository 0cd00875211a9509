package probe;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.generated.KillOptions;
import backtype.storm.generated.Nimbus;
import backtype.storm.generated.NotAliveException;
import backtype.storm.generated.StormTopology;
import backtype.storm.generated.SubmitOptions;
import backtype.storm.generated.TopologyInitialStatus;
import backtype.storm.generated.TopologySummary;
import backtype.storm.utils.DRPCClient;
import backtype.storm.utils.NimbusClient;
import backtype.storm.utils.Utils;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Predicate;

/** What a probe does from outside: Storm's own client, and the notes of its topology. */
final class Session {
  private static final long GIVE_UP_MS = 900_000;
  private static final long POLL_MS = 100;
  private static final String DRPC_HOST = "127.0.0.1";
  private static final Class<?>[] HOST_AND_PORT = {String.class, int.class};
  private static final Class<?>[] CONF_HOST_AND_PORT = {Map.class, String.class, int.class};

  final Notes notes;
  final String topologyName;
  private final Path path;

  Session(Path path, String topologyName) {
    this.path = path;
    this.notes = new Notes(path);
    this.topologyName = topologyName;
  }

  /** A session of another topology, with the same notes. */
  Session named(String suffix) {
    return new Session(path, topologyName + "-" + suffix);
  }

  Config newConf() {
    Config conf = new Config();
    conf.put(Notes.PATH, path.toString());
    conf.setNumWorkers(1);
    conf.setNumAckers(1);
    return conf;
  }

  void submit(Config conf, StormTopology topology) throws Exception {
    submit(conf, topology, TopologyInitialStatus.ACTIVE);
  }

  void submit(Config conf, StormTopology topology, TopologyInitialStatus status) throws Exception {
    // the client remembers in a static field which jar it has uploaded
    synchronized (StormSubmitter.class) {
      StormSubmitter.submitTopology(topologyName, conf, topology, new SubmitOptions(status));
    }
  }

  /** Waits until so many lines begin with this text. */
  void await(String beginning, int count) throws Exception {
    String what = count + " lines that begin with " + beginning;
    await(what, () -> notes.lines().stream().filter(l -> l.startsWith(beginning)).count() >= count);
  }

  void await(String what, Condition condition) throws Exception {
    long endMs = System.currentTimeMillis() + GIVE_UP_MS;
    while (!condition.holds()) {
      if (System.currentTimeMillis() > endMs) {
        throw new IllegalStateException(topologyName + ": gave up waiting for " + what);
      }
      Thread.sleep(POLL_MS);
    }
  }

  /** Kills without a wait and returns when the topology is not listed any more. */
  void kill() throws Exception {
    KillOptions options = new KillOptions();
    options.set_wait_secs(0);
    nimbus(
        client -> {
          try {
            client.killTopologyWithOpts(topologyName, options);
          } catch (NotAliveException gone) {
            // the probe did it itself
          }
          return null;
        });
    await("its end", () -> status() == null);
  }

  /** Null when no such topology runs. */
  String status() throws Exception {
    TopologySummary summary = nimbus(this::summary);
    return summary == null ? null : summary.get_status();
  }

  String stormId() throws Exception {
    return nimbus(client -> summary(client).get_id());
  }

  /** One call on a connection of its own. */
  <T> T nimbus(Call<T> call) throws Exception {
    NimbusClient connection = NimbusClient.getConfiguredClient(Utils.readStormConfig());
    try {
      return call.on(connection.getClient());
    } finally {
      connection.close();
    }
  }

  /** Asks a DRPC function. Storm 0.10 has another constructor of its client than 0.9. */
  String drpc(String function, String argument) throws Exception {
    Map<?, ?> conf = Utils.readStormConfig();
    int port = ((Number) conf.get(Config.DRPC_PORT)).intValue();
    for (Constructor<?> each : DRPCClient.class.getConstructors()) {
      Object client =
          Arrays.equals(each.getParameterTypes(), HOST_AND_PORT)
              ? each.newInstance(DRPC_HOST, port)
              : Arrays.equals(each.getParameterTypes(), CONF_HOST_AND_PORT)
                  ? each.newInstance(conf, DRPC_HOST, port)
                  : null;
      if (client != null) return ((DRPCClient) client).execute(function, argument);
    }
    throw new IllegalStateException("this release of Storm has another client of DRPC");
  }

  /** Notes the result of a call, or its exception. */
  void attempt(String topic, String what, Call<?> call) {
    notes.attempt(topic, what, () -> nimbus(call));
  }

  private TopologySummary summary(Nimbus.Client client) throws Exception {
    Predicate<TopologySummary> mine = each -> each.get_name().equals(topologyName);
    return client.getClusterInfo().get_topologies().stream().filter(mine).findFirst().orElse(null);
  }

  /** What can be waited for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** A call of Nimbus. */
  interface Call<T> {
    T on(Nimbus.Client client) throws Exception;
  }
}
