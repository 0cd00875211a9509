package gearstorm.host.executor;

import gearstorm.host.plan.ExecutionPlan;
import gearstorm.host.plan.PlannedStream;
import gearstorm.host.plan.Processor;
import gearstorm.host.routing.TaskSelection;
import gearstorm.host.spi.StreamInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Answers about tasks and streams of a plan by plain array look-ups. Immutable. */
final class TaskDirectory {
  private final List<Processor> processors;

  /** Index into processors by task + 1, so that Storm's system task -1 has a place; -1 is none. */
  private final int[] processorByTask;

  private final List<List<StreamInfo>> streams = new ArrayList<>();
  private final Integer[] ids;

  TaskDirectory(final ExecutionPlan plan) {
    processors = plan.processors();
    int highest = 0;
    for (final Processor processor : processors) {
      for (final int task : processor.tasks()) {
        highest = Math.max(highest, task);
      }
      streams.add(streamInfos(processor));
    }
    processorByTask = new int[highest + 2];
    Arrays.fill(processorByTask, -1);
    for (int index = 0; index < processors.size(); index++) {
      for (final int task : processors.get(index).tasks()) {
        processorByTask[task + 1] = index;
      }
      if (processors.get(index).id().equals(ExecutionPlan.SYSTEM_COMPONENT)) {
        processorByTask[0] = index;
      }
    }
    ids = new Integer[highest + 1];
    Arrays.setAll(ids, Integer::valueOf);
  }

  int highestTask() {
    return processorByTask.length - 2;
  }

  int processorCount() {
    return processors.size();
  }

  /** Where the task's component stands in the plan; -1 when no component has the task. */
  int processorIndex(final int task) {
    return processorByTask[task + 1];
  }

  String componentAt(final int processorIndex) {
    return processors.get(processorIndex).id();
  }

  /** By stream number. */
  List<StreamInfo> streamsAt(final int processorIndex) {
    return streams.get(processorIndex);
  }

  /** The component of a task that exists. */
  Processor processor(final int task) {
    return processors.get(processorIndex(task));
  }

  StreamInfo stream(final int sourceTask, final int number) {
    return streams.get(processorIndex(sourceTask)).get(number);
  }

  /** Whether a task takes the tuples of other tasks; false for ids that are no task. */
  boolean isBolt(final int task) {
    return task > 0
        && task <= highestTask()
        && processorIndex(task) >= 0
        && processors.get(processorIndex(task)).kind() == Processor.Kind.BOLT;
  }

  /** The id as user code sees it, an object that is made once. */
  Integer idOf(final int task) {
    if (task == TaskSelection.NO_TASK) {
      return null;
    }
    return task >= 0 && task < ids.length ? ids[task] : Integer.valueOf(task);
  }

  private static List<StreamInfo> streamInfos(final Processor processor) {
    final List<StreamInfo> infos = new ArrayList<>();
    for (final PlannedStream stream : processor.streams()) {
      // User code names streams by constants, which are then found by identity.
      final String id = stream.id().intern();
      infos.add(new StreamInfo(processor.id(), id, infos.size(), stream.fields()));
    }
    return List.copyOf(infos);
  }
}
