package gearstorm.host.executor;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.RandomAccess;

/**
 * What an emit to one task returns: a list that the caller may change as any other, though next to
 * none does. One thread at a time.
 */
final class TargetTask extends AbstractList<Integer> implements RandomAccess {
  private final Integer task;

  /** What the caller has made of it; null while that is the one task. */
  private List<Integer> changed;

  TargetTask(final Integer task) {
    this.task = task;
  }

  @Override
  public int size() {
    return changed == null ? 1 : changed.size();
  }

  @Override
  public Integer get(final int index) {
    if (changed != null || index != 0) {
      return changing().get(index);
    }
    return task;
  }

  @Override
  public Integer set(final int index, final Integer element) {
    return changing().set(index, element);
  }

  @Override
  public void add(final int index, final Integer element) {
    changing().add(index, element);
    modCount++;
  }

  @Override
  public Integer remove(final int index) {
    final Integer removed = changing().remove(index);
    modCount++;
    return removed;
  }

  private List<Integer> changing() {
    if (changed == null) {
      changed = new ArrayList<>();
      changed.add(task);
    }
    return changed;
  }
}
