package acme.sessions;

import acme.Ledger;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.Values;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the clicks of open sessions unacked; a finished session is anchored to all of them. */
final class SessionBolt extends BaseRichBolt {
  static final String DONE = "done";
  private static final long serialVersionUID = 1;

  private transient OutputCollector collector;
  private transient Ledger ledger;
  private transient Map<String, OpenSession> open;

  private static final class OpenSession {
    final List<Tuple> clicks = new ArrayList<>();
    int quietTicks;
  }

  @Override
  public void prepare(Map conf, TopologyContext context, OutputCollector collector) {
    this.collector = collector;
    ledger = Ledger.open(conf, context);
    open = new TreeMap<>();
    for (String key : new String[] {"session.clicks.min", "session.weight", "shop.region"}) {
      Object value = conf.get(key);
      ledger.record("conf", key, value.getClass().getSimpleName(), value);
    }
  }

  @Override
  public void execute(Tuple tuple) {
    if (tuple.getSourceStreamId().equals("__tick")) {
      ledger.record("tick", tuple.getSourceComponent(), tuple.getSourceTask(), tuple.getValues());
      closeQuietSessions();
    } else if (tuple.getSourceComponent().equals("parse")) {
      OpenSession session =
          open.computeIfAbsent(tuple.getStringByField("user"), user -> new OpenSession());
      session.clicks.add(tuple);
      session.quietTicks = 0;
    } else {
      ledger.record(tuple.getSourceComponent(), tuple.getSourceStreamId(), tuple.getValue(0));
      collector.ack(tuple);
    }
  }

  private void closeQuietSessions() {
    Iterator<Map.Entry<String, OpenSession>> sessions = open.entrySet().iterator();
    while (sessions.hasNext()) {
      Map.Entry<String, OpenSession> entry = sessions.next();
      entry.getValue().quietTicks++;
      if (entry.getValue().quietTicks == 2) {
        close(entry.getKey(), entry.getValue().clicks);
        sessions.remove();
      }
    }
  }

  private void close(String user, List<Tuple> clicks) {
    List<String> ids = new ArrayList<>();
    clicks.forEach(tuple -> ids.add(((Click) tuple.getValueByField("click")).id));
    collector.emit(DONE, clicks, new Values(new Session(user, ids)));
    clicks.forEach(collector::ack);
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declareStream(DONE, new Fields("session"));
  }
}
