package acme.bench;

import backtype.storm.topology.TopologyBuilder;
import java.util.Random;

/**
 * The speed of light of message passing: a shuffled chain of bolts that do nothing, with messages
 * of 100 bytes: NAME FILE SPOUTS BOLTS LEVELS acked|unacked. The spouts are the first level.
 */
public final class Sol {
  private static final int MESSAGES = 64;
  private static final int MESSAGE_CHARACTERS = 100;

  private Sol() {}

  public static void main(String[] args) throws Exception {
    int bolts = Integer.parseInt(args[3]);
    int levels = Integer.parseInt(args[4]);
    boolean acked = args[5].equals("acked");
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("level1", new BusySpout(messages(), acked), Integer.parseInt(args[2]));
    for (int level = 2; level < levels; level++) {
      builder
          .setBolt("level" + level, new PassBolt(), bolts)
          .shuffleGrouping("level" + (level - 1));
    }
    builder
        .setBolt("level" + levels, new EndBolt(!acked), bolts)
        .shuffleGrouping("level" + (levels - 1));
    Rates.submit(args[0], args[1], acked, builder.createTopology());
  }

  private static String[] messages() {
    Random random = new Random(1);
    String[] messages = new String[MESSAGES];
    for (int index = 0; index < MESSAGES; index++) {
      StringBuilder message = new StringBuilder(MESSAGE_CHARACTERS);
      for (int length = 0; length < MESSAGE_CHARACTERS; length++) {
        message.append((char) ('a' + random.nextInt(26)));
      }
      messages[index] = message.toString();
    }
    return messages;
  }
}
