package acme.bench;

import backtype.storm.utils.DRPCClient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Calls a DRPC function from many threads, each over a connection of its own and one call after the
 * other, and prints the microseconds of every call in a window: PORT FUNCTION CALLERS WARM_UP_SECS
 * WINDOW_SECS. The time runs from the first answer on, however long the topology takes to start.
 */
public final class DrpcCalls {
  private DrpcCalls() {}

  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    new DRPCClient("127.0.0.1", port).execute(args[1], "hello");
    long begin = System.nanoTime() + Long.parseLong(args[3]) * 1_000_000_000L;
    long end = begin + Long.parseLong(args[4]) * 1_000_000_000L;
    List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[2]); i++) {
      Caller caller = new Caller(port, args[1], begin, end);
      caller.start();
      callers.add(caller);
    }
    for (Caller caller : callers) caller.join();
    for (Caller caller : callers) caller.print();
    System.exit(0);
  }

  private static final class Caller extends Thread {
    private final int port;
    private final String function;
    private final long begin;
    private final long end;
    private long[] micros = new long[1024];
    private int calls;
    private Exception failure;

    Caller(int port, String function, long begin, long end) {
      this.port = port;
      this.function = function;
      this.begin = begin;
      this.end = end;
    }

    @Override
    public void run() {
      try {
        DRPCClient client = new DRPCClient("127.0.0.1", port);
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
          String result = client.execute(function, "hello");
          if (!result.equals("hello!")) throw new IllegalStateException("wrong: " + result);
          if (start >= begin) add((System.nanoTime() - start) / 1000);
        }
      } catch (Exception e) {
        failure = e;
      }
    }

    private void add(long duration) {
      if (calls == micros.length) micros = Arrays.copyOf(micros, 2 * calls);
      micros[calls++] = duration;
    }

    void print() {
      if (failure != null) System.out.println("drpc-failure " + failure);
      StringBuilder line = new StringBuilder("drpc-us");
      for (int i = 0; i < calls; i++) line.append(' ').append(micros[i]);
      System.out.println(line);
    }
  }
}
