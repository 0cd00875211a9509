package gearstorm.host.loading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopologyClassPathTest {
  @TempDir Path directory;

  @Test
  void anAbsentEntryIsNamed() throws Exception {
    final String there = Files.createFile(directory.resolve("there.jar")).toString();
    final String absent = directory.resolve("absent.jar").toString();
    final FileNotFoundException error =
        assertThrows(
            FileNotFoundException.class, () -> TopologyClassPath.check(List.of(there, absent)));
    assertEquals("the class path names " + absent + ", which is not there", error.getMessage());
  }
}
