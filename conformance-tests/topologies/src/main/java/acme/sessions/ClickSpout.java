package acme.sessions;

import acme.ReplayingSpout;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.List;

/** Click N is of user N mod 40; every tenth emission is accompanied by one that nobody tracks. */
final class ClickSpout extends ReplayingSpout {
  static final String CLICKS = "clicks";
  static final String NOISE = "noise";
  private static final long serialVersionUID = 1;

  ClickSpout(int messages) {
    super(messages);
  }

  @Override
  protected String messageId(int number) {
    return "c" + number;
  }

  @Override
  protected List<Integer> emit(
      SpoutOutputCollector collector, String id, int attempt, long emission) {
    if (emission % 10 == 0) {
      collector.emit(NOISE, new Values(emission));
    }
    String user = "user-" + Integer.parseInt(id.substring(1)) % 40;
    return collector.emit(CLICKS, new Values(new Click(id, user)), id);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declareStream(CLICKS, new Fields("click"));
    declarer.declareStream(NOISE, new Fields("emission"));
  }
}
