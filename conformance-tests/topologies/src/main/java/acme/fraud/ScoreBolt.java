package acme.fraud;

import acme.Ledger;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Order N fails the first time if N mod 100 is 7, and raises an alert at a task of its choice if N
 * mod 10 is 3.
 */
final class ScoreBolt extends BaseRichBolt {
  static final String ALERTS = "alerts";
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;
  private transient Ledger ledger;
  private transient List<Integer> alertTasks;
  private transient Set<Integer> failed;

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    ledger = Ledger.open(conf, context);
    alertTasks = context.getComponentTasks("alerts");
    failed = new HashSet<>();
  }

  @Override
  public void execute(Tuple tuple) {
    Integer order = tuple.getIntegerByField("order");
    if (order % 100 == 7 && failed.add(order)) {
      ledger.record("fail", order);
      collector.fail(tuple);
      return;
    }
    if (order % 10 == 3) {
      int target = alertTasks.get(order / 10 % alertTasks.size());
      ledger.record("alert", order, target);
      collector.emitDirect(target, ALERTS, tuple, new Values(order));
    }
    collector.emit(tuple, new Values(order));
    collector.ack(tuple);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("order"));
    declarer.declareStream(ALERTS, true, new Fields("order"));
  }
}
