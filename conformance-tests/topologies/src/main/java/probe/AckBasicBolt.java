package probe;

import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.FailedException;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.ReportedFailedException;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.Arrays;
import java.util.List;

// clause: basic-bolts
/** A bolt whose acks Storm's own library makes. */
final class AckBasicBolt extends BaseBasicBolt {
  static final List<String> SCENARIOS =
      Arrays.asList("nothing", "emit", "child fails", "fail", "reported fail");
  private static final long serialVersionUID = 1;

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("scenario"));
  }

  @Override
  public void execute(Tuple input, BasicOutputCollector collector) {
    switch (input.getString(0)) {
      case "emit":
        collector.emit(new Values("nothing"));
        break;
      case "child fails":
        collector.emit(new Values("fail"));
        break;
      case "fail":
        throw new FailedException("as asked");
      case "reported fail":
        throw new ReportedFailedException("as asked");
      default:
        break;
    }
  }
}
