package gearstorm.host.executor;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ListIterator;
import java.util.Spliterator;

/**
 * What several threads write down and a test reads while they go on: who walks it (a loop, a
 * stream, {@code equals}) walks what was in it at that moment. The JDK's synchronized list throws
 * {@link java.util.ConcurrentModificationException} there.
 */
final class SharedList<E> extends AbstractList<E> {
  private final List<E> elements = new ArrayList<>();

  @Override
  public synchronized E get(final int index) {
    return elements.get(index);
  }

  @Override
  public synchronized int size() {
    return elements.size();
  }

  @Override
  public synchronized boolean add(final E element) {
    return elements.add(element);
  }

  @Override
  public synchronized E remove(final int index) {
    return elements.remove(index);
  }

  @Override
  public synchronized void clear() {
    elements.clear();
  }

  @Override
  public synchronized Object[] toArray() {
    return elements.toArray();
  }

  @Override
  public Iterator<E> iterator() {
    return atThisMoment().iterator();
  }

  @Override
  public ListIterator<E> listIterator(final int index) {
    return atThisMoment().listIterator(index);
  }

  @Override
  public Spliterator<E> spliterator() {
    return atThisMoment().spliterator();
  }

  private synchronized List<E> atThisMoment() {
    return new ArrayList<>(elements);
  }
}
