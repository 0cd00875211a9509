import backtype.storm.Config;
import backtype.storm.ICredentialsListener;
import backtype.storm.StormSubmitter;
import backtype.storm.generated.Credentials;
import backtype.storm.generated.SubmitOptions;
import backtype.storm.generated.TopologyInitialStatus;
import backtype.storm.security.auth.IAutoCredentials;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.OutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.topology.base.BaseRichBolt;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.utils.Utils;
import java.io.FileWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.AccessController;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import javax.security.auth.Subject;

/**
 * Submits a topology of Storm 0.10 whose components write down the credentials that they are told,
 * and the subject that they run as: NAME FILE [KEY VALUE]...
 */
public final class Vault {
  public static void main(String[] args) throws Exception {
    Config conf = new Config();
    conf.put("vault.file", args[1]);
    conf.put(Config.TOPOLOGY_AUTO_CREDENTIALS, Arrays.asList(Ticket.class.getName()));
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("guard", new Guard(), 1);
    builder.setBolt("keeper", new Keeper(), 2).setNumTasks(2).shuffleGrouping("guard");
    Map<String, String> given = new TreeMap<String, String>();
    for (int i = 2; i < args.length; i += 2) {
      given.put(args[i], args[i + 1]);
    }
    SubmitOptions options = new SubmitOptions(TopologyInitialStatus.ACTIVE);
    options.set_creds(new Credentials(given));
    StormSubmitter.submitTopology(args[0], conf, builder.createTopology(), options);
  }

  /** Who runs the calling thread, as the plugin left it. */
  private static String subject() {
    Subject subject = Subject.getSubject(AccessController.getContext());
    return subject == null ? "nobody" : new ArrayList(subject.getPublicCredentials()).toString();
  }

  private static void write(Map conf, String line) {
    try (FileWriter out = new FileWriter((String) conf.get("vault.file"), true)) {
      out.write(line + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The client adds a ticket; the worker's subject shows what it was filled with. */
  public static final class Ticket implements IAutoCredentials {
    @Override
    public void prepare(Map conf) {}

    @Override
    public void populateCredentials(Map<String, String> credentials) {
      credentials.put("ticket", "ticket-secret-1");
    }

    @Override
    public void populateSubject(Subject subject, Map<String, String> credentials) {
      subject.getPublicCredentials().add("populated by " + credentials.get("ticket"));
    }

    @Override
    public void updateSubject(Subject subject, Map<String, String> credentials) {
      subject.getPublicCredentials().clear();
      subject.getPublicCredentials().add("updated for " + credentials.get("user"));
    }
  }

  /** What both components do with credentials. */
  private abstract static class Told {
    static String line(String who, Map<String, String> credentials) {
      Object sorted = credentials == null ? null : new TreeMap<String, String>(credentials);
      return who + " " + sorted + " " + subject();
    }
  }

  public static final class Guard extends BaseRichSpout implements ICredentialsListener {
    private transient Map<String, String> told;
    private transient Map conf;

    @Override
    public void setCredentials(Map<String, String> credentials) {
      told = credentials;
      if (conf != null) {
        write(conf, Told.line("guard told", credentials));
      }
    }

    @Override
    public void open(Map newConf, TopologyContext context, SpoutOutputCollector collector) {
      conf = newConf;
      write(conf, Told.line("guard opened with", told));
    }

    @Override
    public void nextTuple() {
      Utils.sleep(50);
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {
      declarer.declare(new Fields("nothing"));
    }
  }

  public static final class Keeper extends BaseRichBolt implements ICredentialsListener {
    private transient Map<String, String> told;
    private transient Map conf;

    @Override
    public void setCredentials(Map<String, String> credentials) {
      told = credentials;
      if (conf != null) {
        write(conf, Told.line("keeper told", credentials));
      }
    }

    @Override
    public void prepare(Map newConf, TopologyContext context, OutputCollector collector) {
      conf = newConf;
      write(conf, Told.line("keeper opened with", told));
    }

    @Override
    public void execute(Tuple input) {}

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {}
  }
}
