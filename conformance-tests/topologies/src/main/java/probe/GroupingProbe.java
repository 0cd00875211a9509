package probe;

import backtype.storm.generated.GlobalStreamId;
import backtype.storm.generated.Grouping;
import backtype.storm.generated.JavaObject;
import backtype.storm.generated.JavaObjectArg;
import backtype.storm.generated.StormTopology;
import backtype.storm.topology.BoltDeclarer;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;
import java.util.Arrays;
import java.util.Collections;

// clause: grouper-per-subscriber, zero-tasks
/** Where each grouping sends values, as emit says and as the targets see it. */
final class GroupingProbe implements Probe {
  private static final int TARGET_TASKS = 5 + 4 + 3 * 5 + 3 + 2 + 3 + 2 + 4;

  @Override
  public String name() {
    return "grouping";
  }

  @Override
  public int workers() {
    return 1;
  }

  @Override
  public void run(Session session) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("source", new GroupingSpout());
    target(builder, "by-one", 5).fieldsGrouping("source", "one", new Fields("v"));
    target(builder, "by-two", 4).fieldsGrouping("source", "two", new Fields("c", "a"));
    target(builder, "by-none", 3).fieldsGrouping("source", "empty", new Fields());
    target(builder, "global", 3).globalGrouping("source", "global");
    target(builder, "all", 3).allGrouping("source", "all");
    target(builder, "none", 3).noneGrouping("source", "none");
    target(builder, "shuffle", 3).shuffleGrouping("source", "shuffle");
    target(builder, "local", 3).localOrShuffleGrouping("source", "local");
    target(builder, "direct", 2)
        .directGrouping("source", "direct")
        .shuffleGrouping("source", "plain")
        .directGrouping("source", "undirected");
    target(builder, "custom", 3)
        .customGrouping("source", "custom", new ChoosingGrouping("serialized"));
    target(builder, "named", 2);
    // several subscribers of one stream, one of them with two subscriptions to the same spout
    for (String name : Arrays.asList("m-shuffle", "a-global", "z-direct", "k-nothing")) {
      BoltDeclarer declarer = target(builder, name, 1);
      if (name.equals("z-direct")) {
        declarer.directGrouping("source", "several-direct");
      }
      if (name.equals("k-nothing")) {
        declarer.customGrouping("source", "several", new ChoosingGrouping("nothing"));
      } else {
        declarer.globalGrouping("source", "several");
      }
    }
    target(builder, "mixed", 0).shuffleGrouping("source", "zero");
    StormTopology topology = builder.createTopology();
    // the builder has no word for a grouping that is named by its class
    topology
        .get_bolts()
        .get("named")
        .get_common()
        .put_to_inputs(new GlobalStreamId("source", "named"), namedGrouping());
    session.submit(session.newConf(), topology);
    session.await("ended", TARGET_TASKS);
  }

  private static BoltDeclarer target(TopologyBuilder builder, String name, int tasks) {
    return builder
        .setBolt(name, new TargetBolt(), Math.max(1, tasks))
        .setNumTasks(tasks)
        .allGrouping("source", "end");
  }

  private static Grouping namedGrouping() {
    JavaObjectArg argument = JavaObjectArg.string_arg("named");
    return Grouping.custom_object(
        new JavaObject("probe.ChoosingGrouping", Collections.singletonList(argument)));
  }
}
