package acme.sessions;

import acme.Ledger;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.BasicOutputCollector;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseBasicBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.List;
import java.util.Map;

/** Names the user of a click. */
final class ParseBolt extends BaseBasicBolt {
  private static final long serialVersionUID = 1;

  private transient Ledger ledger;
  private transient List<Integer> neighbours;

  @Override
  public void prepare(Map conf, TopologyContext context) {
    ledger = Ledger.open(conf, context);
    neighbours = context.getThisWorkerTasks();
  }

  @Override
  public void execute(Tuple tuple, BasicOutputCollector collector) {
    Click click = (Click) tuple.getValueByField("click");
    boolean local = neighbours.contains(tuple.getSourceTask());
    ledger.record("saw", click.id, local ? "local" : "remote");
    collector.emit(new Values(click.user, click));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("user", "click"));
  }
}
