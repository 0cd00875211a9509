package acme.drpc;

import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;

/** Takes a request's argument apart: one tuple for every letter. */
public final class LetterBolt extends BaseBasicBolt {
  private static final long serialVersionUID = 1;

  @Override
  public void execute(Tuple request, BasicOutputCollector collector) {
    for (char letter : request.getString(1).toCharArray()) {
      collector.emit(new Values(request.getValue(0), String.valueOf(letter)));
    }
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("id", "letter"));
  }
}
