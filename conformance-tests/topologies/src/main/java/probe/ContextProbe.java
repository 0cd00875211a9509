package probe;

import backtype.storm.Config;
import backtype.storm.generated.Bolt;
import backtype.storm.generated.ComponentCommon;
import backtype.storm.generated.SpoutSpec;
import backtype.storm.generated.StormTopology;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

// clause: get-topology, system-components, system-streams, task-count, storm-id, not-alive
/** What a task is told in open and prepare, and what Nimbus tells of the topology. */
final class ContextProbe implements Probe {
  private static final int TASKS = 12;

  @Override
  public String name() {
    return "context";
  }

  @Override
  public int workers() {
    return 1;
  }

  @Override
  public void run(Session session) throws Exception {
    session.submit(conf(session), topology());
    session.await("opened", TASKS);
    String id = session.stormId();
    boolean named = id.matches(session.topologyName + "-\\d+-\\d{10}");
    session.notes.note("nimbus", "id is NAME-NUMBER-SECONDS", named);
    noteTopology(session.notes, "getTopology", session.nimbus(n -> n.getTopology(id)));
    noteTopology(session.notes, "getUserTopology", session.nimbus(n -> n.getUserTopology(id)));
    session.attempt("nimbus", "getTopology of nobody", n -> n.getTopology("nobody-1-1"));
    session.attempt("nimbus", "getTopologyConf of nobody", n -> n.getTopologyConf("nobody-1-1"));
  }

  private static StormTopology topology() {
    TopologyBuilder builder = new TopologyBuilder();
    builder
        .setSpout("Zeta", new ContextSpout(), 2)
        .setNumTasks(4)
        .addConfiguration("probe.overlay", "of Zeta")
        .addConfiguration("probe.own", Arrays.asList(1, 2.5, "x", null))
        .setMaxSpoutPending(17);
    builder.setSpout("alpha", new ContextSpout());
    builder
        .setBolt("beta", new ContextBolt(), 2)
        .shuffleGrouping("Zeta")
        .fieldsGrouping("Zeta", "side", new Fields("d", "c"))
        .allGrouping("alpha")
        .addConfiguration(Config.TOPOLOGY_MESSAGE_TIMEOUT_SECS, 77)
        .addConfiguration(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS, 3600)
        .addConfiguration(Config.TOPOLOGY_WORKERS, 9)
        .addConfiguration("probe.big", 1L << 40);
    builder
        .setBolt("Beta_2", new ContextBolt(), 3)
        .directGrouping("beta", "straight")
        .globalGrouping("Zeta")
        .setMaxTaskParallelism(2)
        .setNumTasks(5)
        .setDebug(false);
    builder.setBolt("0", new ContextBolt()).noneGrouping("alpha", "side");
    return builder.createTopology();
  }

  private static Config conf(Session session) {
    Config conf = session.newConf();
    conf.setNumAckers(2);
    conf.setMaxTaskParallelism(3);
    conf.registerMetricsConsumer(SilentConsumer.class, "first", 1);
    conf.registerMetricsConsumer(SilentConsumer.class, 2);
    conf.put("probe.overlay", "of the topology");
    conf.put("probe.null", null);
    conf.put("probe.int", 7);
    conf.put("probe.long", Long.MAX_VALUE);
    conf.put("probe.negative", -3);
    conf.put("probe.double", 2.0);
    conf.put("probe.small", 1e-9);
    conf.put("probe.huge", 1e300);
    conf.put("probe.boolean", true);
    conf.put("probe.text", "a \"quoted\" \u00e4\u4e2d\ud83d\ude00 \\ /");
    conf.put("probe.list", Arrays.asList(1, 2L << 40, 0.5, "text", null, Arrays.asList(true)));
    conf.put("probe.empty.list", Arrays.asList());
    conf.put("probe.empty.map", new HashMap<>());
    Map<String, Object> map = new HashMap<>();
    map.put("a", 1);
    map.put("b", Arrays.asList(1.5));
    map.put("c", null);
    conf.put("probe.map", map);
    return conf;
  }

  private static void noteTopology(Notes notes, String topic, StormTopology topology) {
    for (Map.Entry<String, SpoutSpec> each : topology.get_spouts().entrySet()) {
      noteCommon(notes, topic, "spout " + each.getKey(), each.getValue().get_common());
    }
    for (Map.Entry<String, Bolt> each : topology.get_bolts().entrySet()) {
      noteCommon(notes, topic, "bolt " + each.getKey(), each.getValue().get_common());
    }
  }

  static void noteCommon(Notes notes, String topic, String who, ComponentCommon common) {
    String hint = common.is_set_parallelism_hint() ? "" + common.get_parallelism_hint() : "none";
    notes.note(topic, who, "hint", hint);
    notes.note(topic, who, "conf", Show.JSON + common.get_json_conf());
    new TreeMap<>(common.get_streams())
        .forEach(
            (id, stream) ->
                notes.note(
                    topic, who, "stream " + id, stream.get_output_fields(), stream.is_direct()));
    common
        .get_inputs()
        .forEach(
            (id, grouping) ->
                notes.note(
                    topic,
                    who,
                    "input " + id.get_componentId() + " " + id.get_streamId(),
                    grouping.getSetField()));
  }

  /** Storm's own keys by the topology, and ours. */
  static void noteConf(Notes notes, String topic, Map<?, ?> conf) {
    conf.forEach(
        (key, value) -> {
          String name = (String) key;
          boolean known = name.startsWith("topology.") || name.startsWith("probe.");
          if (known && !isOfThisRun(name)) {
            notes.note(topic, name, Show.typed(value));
          }
        });
  }

  /** What differs from cluster to cluster, by name or by its administrator's choice. */
  private static boolean isOfThisRun(String key) {
    return key.equals(Notes.PATH)
        || key.equals(Config.TOPOLOGY_NAME)
        || key.equals("topology.worker.logwriter.childopts");
  }
}
