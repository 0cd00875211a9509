package acme;

import backtype.storm.task.TopologyContext;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * An append-only file of what the components of a topology did: component, task, event, facts,
 * separated by tabs. All tasks of all workers append to the same file, one write per row, so the
 * order of the rows is an order in which things happened.
 */
public final class Ledger {
  /** The configuration key that names the file. */
  public static final String PATH = "ledger.path";

  private final String prefix;
  private final FileOutputStream out;

  private Ledger(String prefix, FileOutputStream out) {
    this.prefix = prefix;
    this.out = out;
  }

  public static Ledger open(Map conf, TopologyContext context) {
    String who = context.getThisComponentId() + "\t" + context.getThisTaskId();
    try {
      return new Ledger(who, new FileOutputStream((String) conf.get(PATH), true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void record(String event, Object... facts) {
    StringBuilder row = new StringBuilder(prefix).append('\t').append(event);
    for (Object fact : facts) {
      row.append('\t').append(fact);
    }
    try {
      out.write(row.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The first fact of every row that this component wrote for the event so far. */
  static Set<String> read(Map conf, String component, String event) {
    Path path = Paths.get((String) conf.get(PATH));
    Set<String> facts = new HashSet<>();
    try {
      String text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
      // a last line without its end is a row that is being written: its id may be cut
      for (String row : text.substring(0, text.lastIndexOf('\n') + 1).split("\n")) {
        String[] cells = row.split("\t");
        if (cells.length > 3 && cells[0].equals(component) && cells[2].equals(event)) {
          facts.add(cells[3]);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return facts;
  }
}
