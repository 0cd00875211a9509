package acme.delivery;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a source must not forget: which letters it handed out and which of them were delivered. It
 * outlives the process, cut entries are ignored.
 */
final class Journal {
  private final FileOutputStream out;
  private final Set<Integer> undelivered = new LinkedHashSet<>();
  private int letters;

  Journal(Path file) {
    try {
      out = new FileOutputStream(file.toFile(), true);
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      for (String entry : text.split("\n")) {
        if (entry.endsWith(";")) {
          learn(entry.charAt(0), Integer.parseInt(entry.substring(1, entry.length() - 1)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void learn(char kind, int letter) {
    if (kind == '+') {
      undelivered.add(letter);
      letters = Math.max(letters, letter + 1);
    } else {
      undelivered.remove(letter);
    }
  }

  List<Integer> undelivered() {
    return new ArrayList<>(undelivered);
  }

  /** A letter that was never handed out before. */
  int next() {
    write('+', letters);
    return letters++;
  }

  void delivered(int letter) {
    write('-', letter);
  }

  private void write(char kind, int letter) {
    try {
      out.write(("\n" + kind + letter + ";").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
