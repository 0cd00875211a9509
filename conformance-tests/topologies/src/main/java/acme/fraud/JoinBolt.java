package acme.fraud;

import acme.Ledger;
import backtype.storm.Config;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Emits a pair anchored to both of its sides and keeps the sides until the next tick acks them. */
final class JoinBolt extends BaseRichBolt {
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;
  private transient Ledger ledger;
  private transient Map<String, Map<Integer, Tuple>> waiting;
  private transient List<Tuple> joined;

  @Override
  public Map<String, Object> getComponentConfiguration() {
    return Collections.singletonMap(Config.TOPOLOGY_TICK_TUPLE_FREQ_SECS, 1);
  }

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    ledger = Ledger.open(conf, context);
    joined = new ArrayList<>();
    waiting = new HashMap<>();
    waiting.put("orders", new HashMap<>());
    waiting.put("payments", new HashMap<>());
  }

  @Override
  public void execute(Tuple tuple) {
    if (tuple.getSourceStreamId().equals("__tick")) {
      joined.forEach(collector::ack);
      joined.clear();
      return;
    }
    String side = tuple.getSourceComponent();
    String customer = tuple.getStringByField("customer");
    Long emission = tuple.getLongByField("emission");
    ledger.record("saw", side, tuple.getSourceTask(), customer, emission);
    join(side, tuple);
  }

  private void join(String side, Tuple tuple) {
    Integer order = tuple.getIntegerByField("order");
    String otherSide = side.equals("orders") ? "payments" : "orders";
    Tuple other = waiting.get(otherSide).remove(order);
    if (other == null) {
      // an older copy of this side can only be one whose tree was given up by its spout
      waiting.get(side).put(order, tuple);
      return;
    }
    List<Tuple> sides = Arrays.asList(tuple, other);
    collector.emit(sides, new Values(order, tuple.getStringByField("customer")));
    joined.addAll(sides);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("order", "customer"));
  }
}
