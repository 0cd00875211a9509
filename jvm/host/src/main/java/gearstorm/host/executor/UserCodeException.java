package gearstorm.host.executor;

/** Carries what user code threw through code that throws nothing checked. */
final class UserCodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UserCodeException(final Exception cause) {
    super(cause);
  }
}
