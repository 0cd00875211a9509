package gearstorm.host.executor;

/** Carries a checked exception of user code through code that throws nothing checked. */
final class UserCodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserCodeException(final Exception cause) {
    super(cause);
  }

  /** What user code threw. */
  static Throwable unwrap(final Throwable error) {
    return error instanceof UserCodeException ? error.getCause() : error;
  }
}
