package gearstorm.host.transport;

import java.io.IOException;

/** A peer that does not keep to the wire protocol; its connection is closed with this message. */
final class WireException extends IOException {
  private static final long serialVersionUID = 1L;

  WireException(final String message) {
    super(message);
  }
}
