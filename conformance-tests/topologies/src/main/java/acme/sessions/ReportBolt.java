package acme.sessions;

import acme.Ledger;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Tuple;
import java.util.Map;

/** Writes down every finished session. */
final class ReportBolt extends BaseBasicBolt {
  private static final long serialVersionUID = 1;

  private transient Ledger ledger;

  @Override
  public void prepare(Map conf, TopologyContext context) {
    ledger = Ledger.open(conf, context);
  }

  @Override
  public void execute(Tuple tuple, BasicOutputCollector collector) {
    Session session = (Session) tuple.getValueByField("session");
    ledger.record("saw", session.user, tuple.getSourceTask(), String.join(",", session.clicks));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {}
}
