package gearstorm.host.executor;

import java.util.Map;

/** The streams that one task declares, by name. Any thread. */
final class DeclaredStreams {
  private final Map<String, StreamOutput> byId;

  /**
   * The one that was asked for last, most often the next one too. Plain: whichever a thread sees is
   * immutable.
   */
  private StreamOutput last;

  DeclaredStreams(final Map<String, StreamOutput> byId) {
    this.byId = Map.copyOf(byId);
  }

  /** Null for a stream that the component does not declare. */
  @SuppressWarnings("ReferenceEquality") // user code names a stream by the same constant each time
  StreamOutput get(final String id) {
    final StreamOutput recent = last;
    if (recent != null && recent.info().id() == id) {
      return recent;
    }
    final StreamOutput found = id == null ? null : byId.get(id);
    if (found != null) {
      last = found;
    }
    return found;
  }
}
