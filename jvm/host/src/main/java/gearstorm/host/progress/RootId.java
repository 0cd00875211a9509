package gearstorm.host.progress;

/**
 * The 64 bits that name a root among those of one spout executor: the incarnation of the spout's
 * worker in the upper 16, one bit that says whether the tree is followed (whoever creates or acks a
 * tuple of it tells so), a sequence number from 1 in the lower 47. Incarnation and sequence wrap,
 * so both are compared by the nearer way round.
 */
public final class RootId {
  private static final int INCARNATION_SHIFT = 48;
  private static final int SEQUENCE_BITS = 47;
  private static final long FOLLOWED = 1L << SEQUENCE_BITS;
  private static final long SEQUENCE_MASK = FOLLOWED - 1;

  private RootId() {}

  /**
   * @param incarnation 1 to 65535
   * @param sequence 1 to 2^47 - 1
   */
  public static long of(final int incarnation, final long sequence) {
    return (long) incarnation << INCARNATION_SHIFT | sequence;
  }

  public static int incarnation(final long root) {
    return (int) (root >>> INCARNATION_SHIFT);
  }

  /** Whether the tree is one of those that are followed. */
  public static boolean isFollowed(final long root) {
    return (root & FOLLOWED) != 0;
  }

  static long followed(final long root) {
    return root | FOLLOWED;
  }

  static long sequence(final long root) {
    return root & SEQUENCE_MASK;
  }

  /** The sequence number after this one; never 0, for no root may be 0. */
  static long nextSequence(final long sequence) {
    final long next = (sequence + 1) & SEQUENCE_MASK;
    return next == 0 ? 1 : next;
  }

  /** Whether one sequence number was given later than the other. */
  static boolean isLater(final long sequence, final long other) {
    return (sequence - other) << (Long.SIZE - SEQUENCE_BITS) > 0;
  }

  /** Whether one incarnation of a worker came before the other. */
  public static boolean isOlder(final int incarnation, final int other) {
    return (short) (incarnation - other) < 0;
  }
}
