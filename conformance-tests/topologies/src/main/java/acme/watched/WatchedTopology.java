package acme.watched;

import acme.Submission;
import backtype.storm.Config;
import backtype.storm.metric.LoggingMetricsConsumer;
import backtype.storm.testing.TestGlobalCount;
import backtype.storm.topology.TopologyBuilder;
import java.util.Arrays;

/** Hooks and metrics consumers on two workers: NAME LEDGER MESSAGES. */
public final class WatchedTopology {
  private WatchedTopology() {}

  public static void main(String[] args) throws Exception {
    Submission submission = new Submission(args);
    Config conf = submission.conf;
    conf.setNumWorkers(2);
    conf.put(Config.TOPOLOGY_AUTO_TASK_HOOKS, Arrays.asList(RecordingHook.class.getName()));
    conf.put(Config.TOPOLOGY_BUILTIN_METRICS_BUCKET_SIZE_SECS, 1);
    conf.registerMetricsConsumer(LoggingMetricsConsumer.class, 1);
    conf.registerMetricsConsumer(RecordingConsumer.class, "its argument", 2);
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("numbers", new WatchedSpout(submission.messages), 1);
    builder.setBolt("count", new TestGlobalCount(), 2).shuffleGrouping("numbers");
    submission.submit(builder.createTopology());
  }
}
