package acme.strays;

import backtype.storm.generated.GlobalStreamId;
import backtype.storm.grouping.CustomStreamGrouping;
import backtype.storm.task.WorkerTopologyContext;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Sends a number to a task of its subscriber, to a task of a bolt that does not subscribe, to both,
 * or to nobody who exists, in turns.
 */
final class StrayGrouping implements CustomStreamGrouping {
  private static final long serialVersionUID = 1;

  private transient List<Integer> near;
  private transient List<Integer> far;

  @Override
  public void prepare(
      WorkerTopologyContext context, GlobalStreamId stream, List<Integer> targetTasks) {
    if (!context.getComponentIds().contains("__acker")
        || !context.getRawTopology().get_bolts().containsKey("__acker")) {
      throw new IllegalStateException("groupings see Storm's own components");
    }
    near = targetTasks;
    far = context.getComponentTasks("far");
  }

  @Override
  public List<Integer> chooseTasks(int taskId, List<Object> values) {
    int number = (Integer) values.get(0);
    int nearby = near.get(number % near.size());
    int away = far.get(number / 4 % far.size());
    switch (number % 4) {
      case 0:
        return Collections.singletonList(nearby);
      case 1:
        return Collections.singletonList(away);
      case 2:
        return Arrays.asList(away, nearby);
      default:
        return number % 8 == 3 ? Arrays.asList(999) : null;
    }
  }
}
