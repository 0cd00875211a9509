package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class MemoryTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1,true", "1,false", "2,true", "2,false"})
  void valuesOfAMegabyteBeforeABlockedBoltFitIntoASmallHeap(
      final String workers, final String tracked) throws Exception {
    final Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                MemoryMain.class.getName(),
                workers,
                tracked,
                folder.toString())
            .redirectErrorStream(true)
            .start();
    final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), said);
    assertTrue(said.matches("\\d+ emitted while blocked \\[\\]\\s*"), said);
  }
}
