package acme.tools;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import backtype.storm.utils.Utils;
import java.io.FileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** Notes its component and process when it opens and ten times a second after; may then exit. */
final class ExitingSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1L;

  private final String file;
  private final int exitCode;

  private transient SpoutOutputCollector collector;
  private transient String row;

  /**
   * @param exitCode to end the process with at the first tuple; 0: never
   */
  ExitingSpout(String file, int exitCode) {
    this.file = file;
    this.exitCode = exitCode;
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    this.collector = collector;
    String pid = ManagementFactory.getRuntimeMXBean().getName().replaceAll("@.*", "");
    row = context.getThisComponentId() + "\t" + pid + "\n";
    note();
  }

  @Override
  public void nextTuple() {
    if (exitCode != 0) {
      System.exit(exitCode);
    }
    Utils.sleep(100);
    note();
    collector.emit(new Values("steady"));
  }

  private void note() {
    try (FileWriter out = new FileWriter(file, true)) {
      out.write(row);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("word"));
  }
}
