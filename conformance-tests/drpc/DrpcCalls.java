import backtype.storm.generated.DRPCExecutionException;
import backtype.storm.generated.DistributedRPC;
import backtype.storm.utils.DRPCClient;
import backtype.storm.utils.Utils;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Calls functions with the DRPC client of the storm-core on the class path. {@code HOST PORT calls
 * FILE} prints a line for each call; the file has two lines for each, function and argument. {@code
 * HOST PORT load FUNCTION CALLERS CALLS}
 * lets many callers call at a time and prints what they counted. Text is URL-encoded both ways.
 */
public final class DrpcCalls {
  private final String host;
  private final int port;
  private final AtomicInteger right = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private final AtomicInteger wrong = new AtomicInteger();

  private DrpcCalls(String host, int port) {
    this.host = host;
    this.port = port;
  }

  public static void main(String[] args) throws Exception {
    DrpcCalls calls = new DrpcCalls(args[0], Integer.parseInt(args[1]));
    if (args[2].equals("load")) {
      calls.load(args[3], Integer.parseInt(args[4]), Integer.parseInt(args[5]));
    } else {
      calls.each(Files.readAllLines(Path.of(args[3])));
    }
    System.exit(0);
  }

  private void each(List<String> words) throws Exception {
    for (int at = 0; at + 1 < words.size(); at += 2) {
      // a client of 0.9 is of no use after an exception
      System.out.println(answer(connect(), words.get(at), decode(words.get(at + 1))));
    }
  }

  private static String answer(DistributedRPC.Iface client, String function, String argument) {
    try {
      return "result " + encode(client.execute(function, argument));
    } catch (DRPCExecutionException error) {
      return "refused " + encode(error.get_msg());
    } catch (Exception error) {
      return "broken " + encode(error.toString());
    }
  }

  /** Every hundredth request of a caller orders its own failure. */
  private void load(String function, int callers, int calls) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      String name = "caller " + caller;
      Thread thread = new Thread(null, () -> call(function, name, calls), name, 1 << 18);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) thread.join();
    System.out.println(
        "counted right=" + right + " failed=" + failed + " wrong=" + wrong);
  }

  private void call(String function, String name, int calls) {
    DistributedRPC.Iface client = null;
    for (int call = 0; call < calls; call++) {
      boolean fails = (name.hashCode() + call) % 100 == 0;
      String argument = (fails ? "fail " : "") + name + " call " + call;
      try {
        if (client == null) client = connect();
        String result = client.execute(function, argument);
        (result.equals(argument + "!") && !fails ? right : wrong).incrementAndGet();
      } catch (DRPCExecutionException error) {
        (fails && error.get_msg().equals("Request failed") ? failed : wrong).incrementAndGet();
        client = null;
      } catch (Exception error) {
        System.err.println(name + ": " + error);
        wrong.incrementAndGet();
        client = null;
      }
    }
  }

  /** 0.9 takes an address only, 0.10 its configuration too. */
  private DistributedRPC.Iface connect() throws Exception {
    for (var constructor : DRPCClient.class.getConstructors()) {
      Class<?>[] types = constructor.getParameterTypes();
      if (types.length == 2) return (DRPCClient) constructor.newInstance(host, port);
      if (types.length == 3 && types[0] == Map.class) {
        return (DRPCClient) constructor.newInstance(Utils.readStormConfig(), host, port);
      }
    }
    throw new IllegalStateException("this DRPCClient has no constructor that we know");
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
