package gearstorm.storm0x;

import backtype.storm.generated.StormTopology;
import backtype.storm.task.GeneralTopologyContext;
import backtype.storm.tuple.Fields;
import gearstorm.host.spi.StreamInfo;

/**
 * The context that tuples of one (source task, stream) carry: Storm's, with the two look-ups that
 * every tuple makes answered from fields.
 */
final class StreamContext extends GeneralTopologyContext {
  private final int sourceTask;
  private final String component;
  private final String streamId;
  private final int streamNumber;
  private final Fields fields;

  StreamContext(
      final ContextParts parts,
      final StormTopology topology,
      final int sourceTask,
      final StreamInfo stream) {
    super(
        topology,
        parts.conf(),
        parts.taskToComponent(),
        parts.componentToTasks(),
        parts.componentToFields(),
        parts.stormId());
    this.sourceTask = sourceTask;
    this.component = stream.component();
    this.streamId = stream.id();
    this.streamNumber = stream.number();
    this.fields = new Fields(stream.fields());
  }

  int sourceTask() {
    return sourceTask;
  }

  String streamId() {
    return streamId;
  }

  int streamNumber() {
    return streamNumber;
  }

  @Override
  public String getComponentId(final int taskId) {
    return taskId == sourceTask ? component : super.getComponentId(taskId);
  }

  @Override
  public Fields getComponentOutputFields(final String componentId, final String stream) {
    return componentId.equals(component) && stream.equals(streamId)
        ? fields
        : super.getComponentOutputFields(componentId, stream);
  }
}
