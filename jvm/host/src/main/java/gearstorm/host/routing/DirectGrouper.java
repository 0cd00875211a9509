package gearstorm.host.routing;

import java.util.List;

/** A direct subscriber leaves the choice to emitDirect; a plain emit is the user's mistake. */
final class DirectGrouper implements Grouper {
  private final String stream;

  DirectGrouper(final String stream) {
    this.stream = stream;
  }

  @Override
  public void choose(final int sourceTask, final List<Object> values, final TaskSelection into) {
    throw new IllegalArgumentException(
        "stream " + stream + " has a direct subscriber: use emitDirect");
  }
}
