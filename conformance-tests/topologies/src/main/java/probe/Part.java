package probe;

import java.util.ArrayList;
import java.util.List;
import storm.trident.spout.ISpoutPartition;

/** A part of a source. */
final class Part implements ISpoutPartition {
  static final long PARTS = 3;
  static final long BATCHES = 3;

  private final int index;

  Part(int index) {
    this.index = index;
  }

  int index() {
    return index;
  }

  @Override
  public String getId() {
    return "p" + index;
  }

  static List<Part> all(long count) {
    List<Part> parts = new ArrayList<>();
    for (int index = 0; index < count; index++) parts.add(new Part(index));
    return parts;
  }

  static List<String> idsOf(List<Part> parts) {
    List<String> ids = new ArrayList<>();
    for (Part part : parts) ids.add(part.getId());
    return ids;
  }
}
