package acme.crawl;

import acme.Submission;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;

/** Follows links round a loop until it knows every page below a seed. */
public final class CrawlTopology {
  private CrawlTopology() {}

  public static void main(String[] args) throws Exception {
    Submission submission = new Submission(args);
    submission.conf.setNumWorkers(2);
    submission.conf.setMaxSpoutPending(20);

    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("seeds", new SeedSpout(submission.messages), 1);
    builder
        .setBolt("fetch", new FetchBolt(), 4)
        .customGrouping("seeds", new SiteGrouping())
        .customGrouping("dedup", new SiteGrouping());
    builder
        .setBolt("dedup", new DedupBolt(), 2)
        .fieldsGrouping("fetch", FetchBolt.LINKS, new Fields("seed"));
    builder
        .setBolt("index", new IndexBolt(), 2)
        .fieldsGrouping("fetch", FetchBolt.PAGES, new Fields("page"));
    builder.setBolt("store", new StoreBolt(), 1).shuffleGrouping("index");
    submission.submit(builder.createTopology());
  }
}
