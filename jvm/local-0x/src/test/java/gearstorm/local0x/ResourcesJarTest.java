package gearstorm.local0x;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ResourcesJarTest {
  @TempDir Path folder;

  @Test
  void whenAFolderAndAJarHaveResources_thenThoseOfTheJarAreTaken() throws IOException {
    final Path classes = folder.resolve("classes");
    Files.createDirectories(classes.resolve("resources"));
    Files.writeString(classes.resolve("resources").resolve("a.py"), "from the folder");
    final Path jar = jar("resources/deep/a.py", "from the jar");
    final Path target = folder.resolve("target.jar");
    assertTrue(ResourcesJar.write(List.of(classes, jar), target));
    assertEquals("from the jar", content(target, "resources/deep/a.py"));
  }

  @Test
  void whenOnlyAFolderHasResources_thenTheyAreTaken() throws IOException {
    Files.createDirectories(folder.resolve("resources"));
    Files.writeString(folder.resolve("resources").resolve("a.py"), "from the folder");
    final Path target = folder.resolve("target.jar");
    assertTrue(ResourcesJar.write(List.of(folder.resolve("no.jar"), folder), target));
    assertEquals("from the folder", content(target, "resources/a.py"));
  }

  @Test
  void whenNobodyHasResources_thenNothingIsWritten() throws IOException {
    final Path jar = jar("other/a.py", "not meant");
    final Path target = folder.resolve("target.jar");
    assertFalse(ResourcesJar.write(List.of(jar, folder.resolve("missing")), target));
    assertFalse(Files.exists(target));
  }

  private Path jar(final String entry, final String content) throws IOException {
    final Path jar = folder.resolve("some.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content.getBytes(UTF_8));
    }
    return jar;
  }

  private static String content(final Path jar, final String entry) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      return new String(zip.getInputStream(zip.getEntry(entry)).readAllBytes(), UTF_8);
    }
  }
}
