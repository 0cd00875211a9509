package gearstorm.local0x;

/** Storm's interfaces for local runs declare less than their methods throw. */
public final class Sneaky {
  private Sneaky() {}

  /** A piece of work that may throw anything. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws Exception;
  }

  /** Does the work, and lets what it throws through as it is. */
  public static <T> T call(final Work<T> work) {
    try {
      return work.run();
    } catch (Exception error) {
      throw Sneaky.<RuntimeException>disguised(error);
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> E disguised(final Throwable error) throws E {
    throw (E) error;
  }
}
