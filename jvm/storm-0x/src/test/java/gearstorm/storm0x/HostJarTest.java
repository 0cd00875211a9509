package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gearstorm.host.Main;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** User code shares its class path with the host. */
final class HostJarTest {
  @Test
  void bringsNoClassThatATopologyCouldMeanAnotherBy() throws Exception {
    final Path home =
        Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    try (JarFile jar = new JarFile(home.toFile())) {
      final List<String> strange =
          jar.stream()
              .filter(entry -> !entry.isDirectory())
              .map(JarEntry::getName)
              .filter(name -> !name.startsWith("gearstorm/") && !name.startsWith("META-INF/"))
              .toList();
      assertEquals(List.of(), strange);
    }
  }
}
