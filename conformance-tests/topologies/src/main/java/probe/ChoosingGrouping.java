package probe;

import backtype.storm.generated.GlobalStreamId;
import backtype.storm.grouping.CustomStreamGrouping;
import backtype.storm.task.WorkerTopologyContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

// clause: custom-grouping, custom-foreign
/** Chooses as the first value says, and tells what prepare and chooseTasks were given. */
public final class ChoosingGrouping implements CustomStreamGrouping {
  private static final long serialVersionUID = 1;

  private final String name;
  private transient List<Integer> targets;
  private transient WorkerTopologyContext context;
  private transient int prepared;
  private transient String asked;

  public ChoosingGrouping(String name) {
    this.name = name;
  }

  @Override
  public void prepare(
      WorkerTopologyContext context, GlobalStreamId stream, List<Integer> targetTasks) {
    this.context = context;
    targets = targetTasks;
    prepared++;
    asked =
        stream.get_componentId()
            + " "
            + stream.get_streamId()
            + " "
            + Show.plain(new ArrayList<>(targetTasks));
  }

  @Override
  public List<Integer> chooseTasks(int taskId, List<Object> values) {
    switch (String.valueOf(values.get(0))) {
      case "none":
        return Collections.emptyList();
      case "last two":
        return targets.subList(targets.size() - 2, targets.size());
      case "backwards":
        List<Integer> backwards = new ArrayList<>(targets);
        Collections.reverse(backwards);
        return backwards;
      case "twice":
        return Arrays.asList(targets.get(0), targets.get(0));
      case "another component's":
        return context.getComponentTasks("global");
      case "asked by":
        return Collections.singletonList(
            taskId == context.getComponentTasks("source").get(0) && prepared == 1
                ? targets.get(1)
                : targets.get(0));
      case "throws":
        throw new IllegalStateException(name + " was prepared with " + asked);
      default:
        return name.equals("nothing") ? Collections.emptyList() : targets.subList(0, 1);
    }
  }
}
