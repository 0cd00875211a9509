package gearstorm.local0x;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The temporary folder of one cluster. It is locked as long as this process lives, however it ends,
 * so that another can tell what was left by one that was killed before its control plane could
 * remove it.
 */
final class LocalFolder {
  private static final String PREFIX = "gearstorm-local-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d+)-\\d+");
  private static final String LOCK = "owner.lock";

  /** The system takes paths of sockets up to about a hundred bytes. */
  private static final int PARENT_BYTES_MAX = 42;

  private final Path path;
  private final FileChannel lock;

  private LocalFolder(final Path path, final FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** In the temporary folder of this JVM, or in {@code /tmp} where that has a long path. */
  static LocalFolder create() throws IOException {
    final Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    final boolean isShort =
        temporary.toString().getBytes(StandardCharsets.UTF_8).length <= PARENT_BYTES_MAX;
    return createIn(isShort ? temporary : Path.of("/tmp"));
  }

  /** The same anywhere; what dead processes have left there is removed. */
  static LocalFolder createIn(final Path parent) throws IOException {
    removeLeft(parent);
    final Path path = Files.createTempDirectory(parent, PREFIX + ownPid() + "-");
    final Path unnamed = path.resolve(LOCK + ".new");
    final FileChannel lock =
        FileChannel.open(unnamed, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    lock.lock();
    Files.move(unnamed, path.resolve(LOCK)); // only now others find it, and find it locked
    return new LocalFolder(path, lock);
  }

  Path path() {
    return path;
  }

  /** With all that the control plane, which removes it at its end, could not. */
  void remove() throws IOException {
    try {
      remove(path);
    } finally {
      lock.close(); // last: others leave alone what is locked
    }
  }

  private static void removeLeft(final Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (final Path each : folders) {
        if (isLeft(each)) {
          removeQuietly(each);
        }
      }
    }
  }

  /**
   * Another process that starts may be removing it too, and what cannot be removed hurts nobody.
   */
  private static void removeQuietly(final Path folder) {
    try {
      remove(folder);
    } catch (IOException | UncheckedIOException notNow) {
      // tried again by the next start
    }
  }

  /** Not for one of this process: to look at its lock and close it would give it up. */
  private static boolean isLeft(final Path folder) {
    final Matcher name = NAME.matcher(folder.getFileName().toString());
    if (!name.matches() || name.group(1).equals("" + ownPid())) {
      return false;
    }
    try {
      return isOwn(folder) && isUnlocked(folder.resolve(LOCK));
    } catch (IOException notOurs) {
      return false;
    }
  }

  /** A file only: to open a pipe would wait for its other end. */
  private static boolean isUnlocked(final Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    }
  }

  private static boolean isOwn(final Path folder) throws IOException {
    final String owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
    return owner.equals(System.getProperty("user.name"))
        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
  }

  private static long ownPid() {
    return ProcessHandle.current().pid();
  }

  private static void remove(final Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (final Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
