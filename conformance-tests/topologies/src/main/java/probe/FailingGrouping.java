package probe;

import backtype.storm.generated.GlobalStreamId;
import backtype.storm.grouping.CustomStreamGrouping;
import backtype.storm.task.WorkerTopologyContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

// clause: uncaught-exception, custom-grouping
/** Fails where it is told; it gets no configuration, so it carries what it needs of it. */
final class FailingGrouping implements CustomStreamGrouping {
  private static final long serialVersionUID = 1;

  private final HashMap<String, Object> conf = new HashMap<>();
  private transient List<Integer> targets;

  FailingGrouping(Map<String, Object> conf) {
    for (String key : new String[] {Notes.PATH, Failures.GROUP, Failures.PLACES}) {
      this.conf.put(key, conf.get(key));
    }
  }

  @Override
  public void prepare(
      WorkerTopologyContext context, GlobalStreamId stream, List<Integer> targetTasks) {
    targets = targetTasks;
    Failures.of(conf).at("grouping prepare");
  }

  @Override
  public List<Integer> chooseTasks(int taskId, List<Object> values) {
    Failures.of(conf).at("grouping chooseTasks");
    return targets.subList(0, 1);
  }
}
