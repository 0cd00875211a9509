package gearstorm.host.flow;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** How far one thread has come; padded, so that no two threads write one cache line. */
public final class Cursor {
  private static final VarHandle VALUE;

  static {
    try {
      VALUE = MethodHandles.lookup().findVarHandle(Cursor.class, "value", long.class);
    } catch (ReflectiveOperationException error) {
      throw new ExceptionInInitializerError(error);
    }
  }

  private long value;

  @SuppressWarnings("unused")
  private long pad1, pad2, pad3, pad4, pad5, pad6, pad7;

  /** The thread that writes it. */
  public long own() {
    return value;
  }

  /** The thread that writes it. */
  public void set(final long next) {
    VALUE.setOpaque(this, next);
  }

  /** Any thread, a little late. */
  public long seen() {
    return (long) VALUE.getOpaque(this);
  }
}
