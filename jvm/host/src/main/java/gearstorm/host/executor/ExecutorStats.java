package gearstorm.host.executor;

import gearstorm.host.spi.TaskCounts.InputStreamCount;
import gearstorm.host.spi.TaskCounts.StreamCount;
import java.util.List;

/** Cumulative counts of one executor since it started: ExecutorStats of runtime/wire/frames.ts. */
public record ExecutorStats(
    String component,
    int firstTask,
    int lastTask,
    long uptimeMs,
    List<StreamCount> emitted,
    List<StreamCount> transferred,
    List<InputStreamCount> acked,
    List<InputStreamCount> failed,
    List<InputStreamCount> executed) {}
