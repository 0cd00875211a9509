package acme.bench;

import backtype.storm.spout.ShellSpout;
import backtype.storm.topology.IRichSpout;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.tuple.Fields;
import java.util.Map;

/** A spout whose work a subprocess does. */
final class ShellSource extends ShellSpout implements IRichSpout {
  private static final long serialVersionUID = 1;

  ShellSource(String... command) {
    super(command);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("message"));
  }

  @Override
  public Map<String, Object> getComponentConfiguration() {
    return null;
  }
}
