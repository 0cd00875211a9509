package gearstorm.host.routing;

import java.util.Arrays;

/** The target tasks of one emit, in order; a growing list of ints. */
public final class TaskSelection {
  /** Stands for a null among the tasks that a custom grouping chose. */
  public static final int NO_TASK = Integer.MIN_VALUE;

  private int[] tasks = new int[4];
  private int size;

  public void add(final int task) {
    if (size == tasks.length) {
      tasks = Arrays.copyOf(tasks, size * 2);
    }
    tasks[size++] = task;
  }

  public int get(final int index) {
    return tasks[index];
  }

  public int size() {
    return size;
  }

  public void clear() {
    size = 0;
  }
}
