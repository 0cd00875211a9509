package gearstorm.host.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopologyLoaderTest {
  @TempDir Path directory;

  @Test
  void theHostIsSeenButNotItsLibraries() throws Exception {
    try (TopologyLoader loader = new TopologyLoader(getClass().getClassLoader())) {
      assertSame(
          TopologyLoader.class, Class.forName(TopologyLoader.class.getName(), false, loader));
      assertThrows(
          ClassNotFoundException.class, () -> Class.forName("com.google.gson.Gson", false, loader));
      assertNull(loader.getResource("com/google/gson/Gson.class"));
    }
  }

  @Test
  void theFirstEntryOfThePathWins() throws Exception {
    final Path storm = entry("storm", "first");
    final Path jar = entry("jar", "second");
    try (TopologyLoader loader = new TopologyLoader(getClass().getClassLoader())) {
      loader.open(List.of(storm, jar));
      final URL found = loader.getResource("which.txt");
      assertEquals("first", new String(found.openStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private Path entry(final String name, final String content) throws IOException {
    final Path entry = Files.createDirectory(directory.resolve(name));
    Files.writeString(entry.resolve("which.txt"), content);
    return entry;
  }

  @Test
  void anAbsentEntryIsNamed() throws Exception {
    try (TopologyLoader loader = new TopologyLoader(getClass().getClassLoader())) {
      final FileNotFoundException error =
          assertThrows(
              FileNotFoundException.class,
              () -> loader.open(List.of(directory.resolve("absent.jar"))));
      assertEquals(true, error.getMessage().contains("absent.jar"));
    }
  }
}
