package acme.bench;

import backtype.storm.task.ShellBolt;
import backtype.storm.topology.IRichBolt;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.tuple.Fields;
import java.util.Map;

/** A bolt whose work a subprocess does. */
final class ShellPass extends ShellBolt implements IRichBolt {
  private static final long serialVersionUID = 1;

  ShellPass(String... command) {
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
