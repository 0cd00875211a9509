package gearstorm.local0x;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a topology finds in its code folder. Storm takes it from the class path of the process: from
 * the first jar that has a folder {@code resources}, else from a folder of that name.
 */
final class ResourcesJar {
  private static final String FOLDER = "resources";

  private ResourcesJar() {}

  /**
   * Writes it as a jar with nothing else in it.
   *
   * @return false when there is nothing to be written
   */
  static boolean write(final List<Path> classPath, final Path target) throws IOException {
    for (final boolean inJars : new boolean[] {true, false}) {
      for (final Path entry : classPath) {
        if (entry.toString().endsWith(".jar") == inJars && writeFrom(entry, target)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean writeFrom(final Path entry, final Path target) throws IOException {
    if (Files.isDirectory(entry)) {
      return writeFolder(entry.resolve(FOLDER), target);
    }
    if (!Files.isRegularFile(entry)) {
      return false;
    }
    try (FileSystem jar = FileSystems.newFileSystem(entry, Map.of())) {
      return writeFolder(jar.getPath(FOLDER), target);
    }
  }

  private static boolean writeFolder(final Path folder, final Path target) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (OutputStream file = Files.newOutputStream(target);
        ZipOutputStream zip = new ZipOutputStream(file);
        Stream<Path> files = Files.walk(folder)) {
      for (final Path each : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        zip.putNextEntry(new ZipEntry(FOLDER + "/" + folder.relativize(each)));
        try (InputStream content = Files.newInputStream(each)) {
          content.transferTo(zip);
        }
      }
    }
    return true;
  }
}
