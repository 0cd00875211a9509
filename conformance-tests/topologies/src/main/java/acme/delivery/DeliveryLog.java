package acme.delivery;

import backtype.storm.task.TopologyContext;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What sources and sinks did, one row per event: component, task, process, event, facts, a dot,
 * separated by tabs. All tasks append to one file, one write per row, so the order of the rows is
 * an order in which things happened. A row begins with its line feed and ends with the dot, so that
 * one cut short by the death of its process spoils no other and is recognised.
 */
final class DeliveryLog {
  /** The configuration key that names the file. */
  static final String PATH = "delivery.log";

  /** The name is pid@host. */
  static final String PROCESS = ManagementFactory.getRuntimeMXBean().getName().split("@")[0];

  private final String prefix;
  private final FileOutputStream out;

  private DeliveryLog(String prefix, FileOutputStream out) {
    this.prefix = prefix;
    this.out = out;
  }

  /** Begins with an {@code open} row that tells when. */
  static DeliveryLog open(Map conf, TopologyContext context) {
    String who = context.getThisComponentId() + "\t" + context.getThisTaskId() + "\t" + PROCESS;
    try {
      FileOutputStream out = new FileOutputStream((String) conf.get(PATH), true);
      DeliveryLog log = new DeliveryLog("\n" + who, out);
      log.record("open", System.currentTimeMillis());
      return log;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void record(String event, Object... facts) {
    StringBuilder row = new StringBuilder(prefix).append('\t').append(event);
    for (Object fact : facts) {
      row.append('\t').append(fact);
    }
    try {
      out.write(row.append("\t.").toString().getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
