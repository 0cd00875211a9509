package gearstorm.local0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalFolderTest {
  @TempDir private Path parent;

  /** As a process that is killed leaves it: locked by nobody. */
  private Path left(final String name, final String file) throws IOException {
    final Path folder = Files.createDirectories(parent.resolve(name).resolve("zookeeper"));
    Files.writeString(folder.resolveSibling(file), "");
    return folder.getParent();
  }

  @Test
  void whatAKilledProcessHasLeftIsGoneWithTheNextStart() throws IOException {
    final Path dead = left("gearstorm-local-999999999-17", "owner.lock");
    final Path begun = left("gearstorm-local-999999999-18", "guests.sock");
    final Path other = left("gearstorm-local-test-17", "owner.lock");

    final LocalFolder folder = LocalFolder.createIn(parent);

    assertFalse(Files.exists(dead));
    assertTrue(Files.exists(begun), "it may be about to be locked");
    assertTrue(Files.exists(other));
    folder.remove();
    assertFalse(Files.exists(folder.path()));
  }

  @Test
  void theFolderOfALivingProcessStays() throws Exception {
    final LocalFolder own = LocalFolder.createIn(parent);
    final Path other = Files.createDirectory(parent.resolve("gearstorm-local-999999999-19"));
    final Path lock = Files.writeString(other.resolve("owner.lock"), "");
    final Process holder = new ProcessBuilder("python3", "-c", HOLDER, lock.toString()).start();
    try {
      assertEquals('l', holder.getInputStream().read());
      LocalFolder.createIn(parent).remove();
      assertTrue(Files.exists(other));
    } finally {
      holder.destroyForcibly().waitFor();
    }
    LocalFolder.createIn(parent).remove();
    assertFalse(Files.exists(other));
    assertTrue(Files.exists(own.path()));
    own.remove();
  }

  /** Locks as a JVM does, says so, and waits for its end. */
  private static final String HOLDER =
      "import fcntl,sys\nf=open(sys.argv[1],'w')\nfcntl.lockf(f,fcntl.LOCK_EX)\n"
          + "print('l',flush=True)\nsys.stdin.read()";
}
