package acme.delivery;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Sends letters until the file {@code LOG.enough} is there, and each one again until it is
 * delivered, over the deaths of its own process too. Every sending has a token of its own: letter,
 * task, process and number.
 */
public final class LetterSpout extends BaseRichSpout {
  private static final long serialVersionUID = 1;
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int perSecond;

  private transient SpoutOutputCollector collector;
  private transient DeliveryLog log;
  private transient Journal journal;
  private transient Queue<Integer> again;
  private transient Path enough;
  private transient boolean ended;
  private transient int task;
  private transient long sendings;
  private transient long fresh;
  private transient long beganNs;
  private transient long lookedNs;

  public LetterSpout(int perSecond) {
    this.perSecond = perSecond;
  }

  @Override
  public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {
    this.collector = collector;
    String path = (String) conf.get(DeliveryLog.PATH);
    task = context.getThisTaskId();
    log = DeliveryLog.open(conf, context);
    journal = new Journal(Paths.get(path + ".source-" + task));
    again = new ArrayDeque<>(journal.undelivered());
    enough = Paths.get(path + ".enough");
    beganNs = System.nanoTime();
    lookedNs = beganNs - LOOK_NS;
  }

  @Override
  public void nextTuple() {
    Integer letter = again.poll();
    if (letter == null && mayBegin()) {
      letter = journal.next();
      fresh++;
    }
    if (letter != null) {
      sendings++;
      String token = letter + "/" + task + "/" + DeliveryLog.PROCESS + "/" + sendings;
      log.record("send", token);
      collector.emit(new Values(letter, token), token);
    }
  }

  private boolean mayBegin() {
    long nowNs = System.nanoTime();
    if (!ended && nowNs - lookedNs >= LOOK_NS) {
      lookedNs = nowNs;
      ended = Files.exists(enough);
      if (ended) {
        log.record("end");
      }
    }
    return !ended && fresh < (nowNs - beganNs) / 1e9 * perSecond;
  }

  @Override
  public void ack(Object token) {
    log.record("ack", token);
    journal.delivered(letterOf(token));
  }

  @Override
  public void fail(Object token) {
    log.record("fail", token);
    again.add(letterOf(token));
  }

  private static int letterOf(Object token) {
    String text = (String) token;
    return Integer.parseInt(text.substring(0, text.indexOf('/')));
  }

  @Override
  public void declareOutputFields(OutputFieldsDeclarer declarer) {
    declarer.declare(new Fields("letter", "token"));
  }
}
