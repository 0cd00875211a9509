package acme;

import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.generated.StormTopology;
import backtype.storm.generated.SubmitOptions;
import backtype.storm.generated.TopologyInitialStatus;

/** The command line that the mains of this jar share: NAME LEDGER MESSAGES [inactive]. */
public final class Submission {
  public final Config conf = new Config();
  public final int messages;

  private final String name;
  private final boolean inactive;

  public Submission(String[] args) {
    if (args.length < 3) {
      throw new IllegalArgumentException("usage: NAME LEDGER MESSAGES [inactive]");
    }
    name = args[0];
    messages = Integer.parseInt(args[2]);
    inactive = args.length > 3 && args[3].equals("inactive");
    conf.put(Ledger.PATH, args[1]);
    conf.setMessageTimeoutSecs(120);
  }

  public void submit(StormTopology topology) throws Exception {
    if (inactive) {
      SubmitOptions options = new SubmitOptions(TopologyInitialStatus.INACTIVE);
      StormSubmitter.submitTopology(name, conf, topology, options);
    } else {
      StormSubmitter.submitTopology(name, conf, topology);
    }
  }
}
