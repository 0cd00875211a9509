package acme.bench;

import java.util.Random;

/** What the spouts of the measurements emit. */
final class Messages {
  private static final int COUNT = 64;
  private static final int CHARACTERS = 100;

  private Messages() {}

  /** The same ones in every run. */
  static String[] ofHundredBytes() {
    Random random = new Random(1);
    String[] messages = new String[COUNT];
    for (int index = 0; index < COUNT; index++) {
      StringBuilder message = new StringBuilder(CHARACTERS);
      for (int length = 0; length < CHARACTERS; length++) {
        message.append((char) ('a' + random.nextInt(26)));
      }
      messages[index] = message.toString();
    }
    return messages;
  }
}
