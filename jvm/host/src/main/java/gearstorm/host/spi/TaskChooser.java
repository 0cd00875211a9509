package gearstorm.host.spi;

import java.util.List;

/** A user's custom grouping. */
public interface TaskChooser {
  /** Task ids, which may be several, none, of another component, or wrong; null for one null. */
  List<Integer> chooseTasks(int sourceTask, List<Object> values);
}
