package gearstorm.host.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;

/**
 * A bounded queue from one producer thread to one consumer thread. An empty slot is null, so
 * neither side reads the other's cursor; what {@link #offer} has put is visible without a flush.
 */
public final class Ring {
  private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(Object[].class);
  private static final VarHandle LIMIT;

  static {
    try {
      LIMIT = MethodHandles.lookup().findVarHandle(Ring.class, "limit", int.class);
    } catch (ReflectiveOperationException error) {
      throw new ExceptionInInitializerError(error);
    }
  }

  private final Object[] slots;
  private final int mask;

  /** Written by the producer: so many may wait. */
  private int limit;

  private final Cursor producer = new Cursor();
  private final Cursor consumer = new Cursor();

  /** Set by the producer when it waits for room, cleared by the consumer that grants it. */
  private volatile Runnable roomRequest;

  /** Plain: set before the first offer, which publishes it to the consumer. */
  private Consumer<Object> takenListener;

  /**
   * @param capacity a power of two
   */
  public Ring(final int capacity) {
    this(capacity, capacity);
  }

  /**
   * @param limit how many may wait until {@link #limit(int)} says otherwise
   * @param capacity the largest limit, a power of two
   */
  public Ring(final int limit, final int capacity) {
    if (Integer.bitCount(capacity) != 1) {
      throw new IllegalArgumentException("not a power of two: " + capacity);
    }
    this.limit = limit;
    slots = new Object[capacity];
    mask = capacity - 1;
  }

  /** Producer: false when there is no room. */
  public boolean offer(final Object element) {
    final long index = producer.own();
    // What was put in so many elements before is still there: as many wait.
    if (SLOT.getAcquire(slots, (int) (index - limit) & mask) != null) {
      return false;
    }
    SLOT.setRelease(slots, (int) index & mask, element);
    producer.set(index + 1);
    return true;
  }

  /** Consumer: null when there is nothing. */
  public Object poll() {
    final long index = consumer.own();
    final int slot = (int) index & mask;
    final Object element = SLOT.getAcquire(slots, slot);
    if (element != null) {
      SLOT.setRelease(slots, slot, null);
      consumer.set(index + 1);
      if (takenListener != null) {
        takenListener.accept(element);
      }
    }
    return element;
  }

  /** Consumer: what {@link #poll} would take; null when there is nothing. */
  public Object peek() {
    return SLOT.getAcquire(slots, (int) consumer.own() & mask);
  }

  /** What the consumer calls with every element taken, once {@link #taken} shows it; set once. */
  public void onTaken(final Consumer<Object> listener) {
    takenListener = listener;
  }

  /** Consumer; another thread only while it waits. */
  public boolean isEmpty() {
    return peek() == null;
  }

  /** How many may wait, as any thread may see it a little late. */
  public int limit() {
    return (int) LIMIT.getOpaque(this);
  }

  /** Producer: how many may wait from now on, from 1 to the capacity; what waits already stays. */
  public void limit(final int next) {
    LIMIT.setOpaque(this, next);
  }

  /** Whether half of what may wait does, as any thread may see it a little late. */
  public boolean isHalfFull() {
    return offered() - taken() >= limit() / 2;
  }

  /** Producer: elements ever put in. */
  public long produced() {
    return producer.own();
  }

  /** Elements ever put in, as any thread may see it a little late. */
  public long offered() {
    return producer.seen();
  }

  /** Elements ever taken out, as any thread may see it a little late. */
  public long taken() {
    return consumer.seen();
  }

  /**
   * Producer: asks to be woken when half of the limit is free. A hint that may get lost when the
   * consumer empties the ring at this moment: the producer also needs a deadline.
   */
  public void requestRoom(final Runnable wake) {
    roomRequest = wake;
  }

  /** Consumer, after taking: answers a request for room. */
  public void grantRoom() {
    final Runnable wake = roomRequest;
    if (wake != null && offered() - taken() <= limit() / 2) {
      roomRequest = null;
      wake.run();
    }
  }
}
