package gearstorm.host.transport;

import java.io.IOException;

/** The two ends of a connection do not belong together; trying again at once cannot help. */
final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  RefusedException(final String message) {
    super(message);
  }
}
