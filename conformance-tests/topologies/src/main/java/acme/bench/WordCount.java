package acme.bench;

import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;

/** Sentences, split into words, counted by word: NAME FILE EXECUTORS-PER-COMPONENT. */
public final class WordCount {
  static final String[] SENTENCES = {
    "the cow jumped over the moon",
    "an apple a day keeps the doctor away",
    "four score and seven years ago",
    "snow white and the seven dwarfs",
    "i am at two with nature",
  };

  private WordCount() {}

  public static void main(String[] args) throws Exception {
    int executors = Integer.parseInt(args[2]);
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("sentences", new BusySpout(SENTENCES, true), executors);
    builder.setBolt("split", new SplitBolt(), executors).shuffleGrouping("sentences");
    builder
        .setBolt("count", new CountBolt(), executors)
        .fieldsGrouping("split", new Fields("word"));
    new Rates(args[1], true).submit(args[0], builder.createTopology());
  }
}
