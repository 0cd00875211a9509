package acme.trident;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One partition of a state in a file that is replaced as a whole, so that a process that is killed
 * leaves the old content or the new. Beside it stands the same for people and tests to read: key,
 * and what the state holds for it.
 */
final class FileMap {
  private final Path file;
  private final Path readable;
  private final Map<List<Object>, Stored> values;

  FileMap(Path folder, int partition) {
    file = folder.resolve(partition + ".state");
    readable = folder.resolve(partition + ".tsv");
    values = read(file);
  }

  List<Stored> get(List<List<Object>> keys) {
    List<Stored> found = new ArrayList<>();
    for (List<Object> key : keys) found.add(values.get(key));
    return found;
  }

  void put(List<List<Object>> keys, List<Stored> changed) {
    for (int index = 0; index < keys.size(); index++) {
      values.put(new ArrayList<>(keys.get(index)), changed.get(index));
    }
    try {
      write();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private void write() throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".new");
    try (ObjectOutputStream out = new ObjectOutputStream(Files.newOutputStream(next))) {
      out.writeObject(values);
    }
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    List<String> lines = new ArrayList<>();
    values.forEach((key, value) -> lines.add(key.get(0) + "\t" + value.current()));
    Path nextReadable = readable.resolveSibling(readable.getFileName() + ".new");
    Files.write(nextReadable, lines);
    Files.move(nextReadable, readable, StandardCopyOption.ATOMIC_MOVE);
  }

  @SuppressWarnings("unchecked")
  private static Map<List<Object>, Stored> read(Path file) {
    if (!Files.exists(file)) return new HashMap<>();
    try (ObjectInputStream in = new ObjectInputStream(Files.newInputStream(file))) {
      return (Map<List<Object>, Stored>) in.readObject();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    } catch (ClassNotFoundException problem) {
      throw new IllegalStateException(problem);
    }
  }
}
