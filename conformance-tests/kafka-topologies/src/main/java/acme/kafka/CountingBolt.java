package acme.kafka;

import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Tuple;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Acks every message, and appends "milliseconds of the epoch, tab, task, tab, count so far" to a
 * file ten times a second.
 */
public final class CountingBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;
  private static final long PAUSE_MS = 100;

  private final String file;
  private transient OutputCollector collector;

  /** Written by the executor's thread. */
  private transient AtomicLong count;

  public CountingBolt(String file) {
    this.file = file;
  }

  @Override
  @SuppressWarnings("rawtypes")
  public void prepare(Map conf, TopologyContext context, OutputCollector out) {
    collector = out;
    count = new AtomicLong();
    String task = String.valueOf(context.getThisTaskId());
    Thread writer = new Thread(() -> write(task), "bench-meter-" + task);
    writer.setDaemon(true);
    writer.start();
  }

  @Override
  public void execute(Tuple tuple) {
    collector.ack(tuple);
    count.lazySet(count.get() + 1);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}

  private void write(String task) {
    try (FileOutputStream out = new FileOutputStream(file, true)) {
      while (true) {
        Thread.sleep(PAUSE_MS);
        String row = System.currentTimeMillis() + "\t" + task + "\t" + count.get() + "\n";
        out.write(row.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException error) {
      throw new IllegalStateException("cannot write to " + file, error);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }
}
