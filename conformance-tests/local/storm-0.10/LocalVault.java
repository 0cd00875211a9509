import backtype.storm.Config;
import backtype.storm.ICredentialsListener;
import backtype.storm.LocalCluster;
import backtype.storm.generated.Credentials;
import backtype.storm.generated.SubmitOptions;
import backtype.storm.generated.TopologyInitialStatus;
import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.task.TopologyContext;
import backtype.storm.topology.OutputFieldsDeclarer;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.topology.base.BaseRichSpout;
import backtype.storm.utils.Utils;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Gives a topology of a local cluster credentials, then others; prints what its spout was told. */
public final class LocalVault {
  private static final BlockingQueue<String> TOLD = new LinkedBlockingQueue<String>();

  public static void main(String[] args) throws Exception {
    LocalCluster cluster = new LocalCluster();
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("guard", new Guard());
    SubmitOptions options = new SubmitOptions(TopologyInitialStatus.ACTIVE);
    options.set_creds(credentials("one"));
    cluster.submitTopologyWithOpts("vault", new Config(), builder.createTopology(), options);
    System.out.println(TOLD.take());
    cluster.uploadNewCredentials("vault", credentials("two"));
    System.out.println(TOLD.take());
    try {
      cluster.uploadNewCredentials("nobody", credentials("two"));
    } catch (Exception refused) { // Storm does not declare which
      System.out.println("refused with " + refused.getClass().getSimpleName());
    }
    cluster.shutdown();
  }

  private static Credentials credentials(String user) {
    return new Credentials(Collections.singletonMap("user", user));
  }

  public static final class Guard extends BaseRichSpout implements ICredentialsListener {
    @Override
    public void setCredentials(Map<String, String> credentials) {
      TOLD.add("told " + credentials);
    }

    @Override
    public void open(Map conf, TopologyContext context, SpoutOutputCollector collector) {}

    @Override
    public void nextTuple() {
      Utils.sleep(50);
    }

    @Override
    public void declareOutputFields(OutputFieldsDeclarer declarer) {}
  }
}
