package acme.tools;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.utils.Utils;
import java.io.FileWriter;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.lang.management.ManagementFactory;
import java.util.Map;

/** Code that runs by being deserialized: it appends the process that did it to a file. */
final class OpeningSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1L;

  private final String file;

  OpeningSpout(String file) {
    this.file = file;
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    String pid = ManagementFactory.getRuntimeMXBean().getName().replaceAll("@.*", "");
    try (FileWriter out = new FileWriter(file, true)) {
      out.write(pid + "\t" + System.getProperty("sun.java.command") + "\n");
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("nothing"));
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {}

  @Override
  public void nextTuple() {
    Utils.sleep(100);
  }
}
