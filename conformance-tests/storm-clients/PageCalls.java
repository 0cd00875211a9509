import backtype.storm.generated.ComponentAggregateStats;
import backtype.storm.generated.ComponentPageInfo;
import backtype.storm.generated.LogConfig;
import backtype.storm.generated.LogLevel;
import backtype.storm.generated.LogLevelAction;
import backtype.storm.generated.Nimbus;
import backtype.storm.generated.SupervisorPageInfo;
import backtype.storm.generated.TopologyPageInfo;
import backtype.storm.generated.TopologySummary;
import backtype.storm.utils.NimbusClient;
import backtype.storm.utils.Utils;
import java.util.Map;

/**
 * Asks Nimbus what pages of later versions ask, with the client's own classes, and prints a line
 * {@code name value} for each number. Words: host, port, name of a topology, a spout, a bolt.
 */
public final class PageCalls {
  public static void main(String[] words) throws Exception {
    @SuppressWarnings("unchecked")
    Map<String, Object> conf = (Map<String, Object>) (Map<?, ?>) Utils.readDefaultConfig();
    try (NimbusClient connection =
        new NimbusClient(conf, words[0], Integer.parseInt(words[1]), 30_000)) {
      ask(connection.getClient(), words[2], words[3], words[4]);
    }
  }

  private static void ask(Nimbus.Client nimbus, String name, String spout, String bolt)
      throws Exception {
    say("leader", nimbus.getLeader().is_isLeader());
    say("allowed", nimbus.isTopologyNameAllowed(name) + " " + nimbus.isTopologyNameAllowed("free"));
    TopologySummary summary = nimbus.getClusterInfo().get_topologies().get(0);
    String id = summary.get_id();
    say("summary", summary.get_status() + " " + summary.get_num_tasks());
    TopologyPageInfo page = nimbus.getTopologyPageInfo(id, "600", false);
    say("page", page.get_name() + " " + page.get_num_executors() + " " + page.get_workers_size());
    say("emitted", page.get_topology_stats().get_window_to_emitted().get(":all-time"));
    say("timeout", page.get_topology_conf().contains("topology.message.timeout.secs"));
    tell("spout", page.get_id_to_spout_agg_stats().get(spout));
    tell("bolt", page.get_id_to_bolt_agg_stats().get(bolt));
    say("executed", executed(page.get_id_to_bolt_agg_stats().get(bolt)));
    ComponentPageInfo component = nimbus.getComponentPageInfo(id, bolt, "600", false);
    tell("component", component.get_window_to_stats().get(":all-time"));
    say("inputs", component.get_gsid_to_input_stats().keySet());
    say("outputs", component.get_sid_to_output_stats().keySet());
    say("executors", component.get_exec_stats_size());
    SupervisorPageInfo supervisor =
        nimbus.getSupervisorPageInfo(
            nimbus.getClusterInfo().get_supervisors().get(0).get_supervisor_id(), null, true);
    say(
        "workers",
        supervisor.get_worker_summaries().stream().mapToInt(each -> each.get_num_executors()).sum());
    say("owners", nimbus.getOwnerResourceSummaries(null).get(0).get_total_topologies());
    say("history", nimbus.getTopologyHistory(null).get_topo_ids().contains(id));
    LogLevel level = new LogLevel();
    level.set_action(LogLevelAction.UPDATE);
    level.set_target_log_level("DEBUG");
    level.set_reset_log_level_timeout_secs(60);
    LogConfig levels = new LogConfig();
    levels.put_to_named_logger_level("acme.later", level);
    nimbus.setLogConfig(id, levels);
    LogLevel set = nimbus.getLogConfig(id).get_named_logger_level().get("acme.later");
    long leftMs = set.get_reset_log_level_timeout_epoch() - System.currentTimeMillis();
    say("level", set.get_target_log_level() + " " + (leftMs > 0 && leftMs <= 60_000));
  }

  private static void tell(String what, ComponentAggregateStats stats) {
    say(what, stats.get_common_stats().get_emitted() + " " + stats.get_common_stats().get_acked());
  }

  private static long executed(ComponentAggregateStats stats) {
    return stats.get_specific_stats().get_bolt().get_executed();
  }

  private static void say(String what, Object value) {
    System.out.println(what + " " + value);
  }
}
