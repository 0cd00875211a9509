package acme.bench;

import acme.Ledger;
import backtype.storm.Config;
import backtype.storm.StormSubmitter;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.IRichBolt;
import backtype.storm.topology.TopologyBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;

/**
 * The topology of storm.starter.ExclamationTopology, with its own bolts, in a wrapping that writes
 * down when each task got its first tuple: NAME LEDGER. Needs the starter's classes in its jar.
 */
public final class FirstTuple {
  private FirstTuple() {}

  public static void main(String[] args) throws Exception {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("word", new TestWordSpout(), 10);
    builder.setBolt("exclaim1", new StampedBolt(exclamation()), 3).shuffleGrouping("word");
    builder.setBolt("exclaim2", new StampedBolt(exclamation()), 2).shuffleGrouping("exclaim1");
    Config conf = new Config();
    conf.setDebug(true);
    conf.setNumWorkers(3);
    conf.put(Ledger.PATH, args[1]);
    byte[] row =
        ("client\t0\tsubmit\t" + System.currentTimeMillis() + "\n")
            .getBytes(StandardCharsets.UTF_8);
    Files.write(Paths.get(args[1]), row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    StormSubmitter.submitTopology(args[0], conf, builder.createTopology());
  }

  private static IRichBolt exclamation() throws ReflectiveOperationException {
    return (IRichBolt)
        Class.forName("storm.starter.ExclamationTopology$ExclamationBolt")
            .getDeclaredConstructor()
            .newInstance();
  }
}
