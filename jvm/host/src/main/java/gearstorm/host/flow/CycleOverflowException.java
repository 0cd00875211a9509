package gearstorm.host.flow;

/** A cycle of the topology creates more tuples than it finishes. */
public final class CycleOverflowException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CycleOverflowException(final String members, final long bytesMax) {
    super(
        "the cycle of "
            + members
            + " emits more than it takes in: its waiting tuples passed"
            + " gearstorm.overflow.bytes.max = "
            + bytesMax);
  }
}
