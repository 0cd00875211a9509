import backtype.storm.generated.StormTopology;
import backtype.storm.task.WorkerTopologyContext;
import backtype.storm.testing.TestWordCounter;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.TopologyBuilder;
import backtype.storm.tuple.Fields;
import clojure.lang.IFn;
import clojure.lang.RT;
import clojure.lang.Symbol;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints golden vectors of groupings, one JSON object a line (README.md tells the format): what the
 * storm-core on the class path chooses. It asks the very functions that Storm's executors call.
 * Arguments: the name of the generation, then {@code arrays} if it hashes arrays by content.
 */
public final class GroupingVectors {
  private static final Fields FIELDS = new Fields("a", "b", "c");
  private static final int[] TASK_COUNTS = {1, 2, 3, 7, 16, 100};

  private final PrintStream out;
  private final String generation;
  private final Random random = new Random(42);

  private GroupingVectors(PrintStream out, String generation) {
    this.out = out;
    this.generation = generation;
  }

  public static void main(String[] args) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    System.setOut(System.err); // what the libraries print
    RT.var("clojure.core", "require").invoke(Symbol.intern("backtype.storm.daemon.executor"));
    GroupingVectors vectors = new GroupingVectors(out, args[0]);
    List<Object> values = values();
    if (args.length > 1 && args[1].equals("arrays")) {
      values.addAll(arrays());
    }
    values.forEach(value -> vectors.fields(List.of("a"), Arrays.asList(value, "x", 1L)));
    vectors.severalFields(values);
    vectors.subscribers();
    out.flush();
    System.exit(0); // Storm's libraries leave threads behind
  }

  private void severalFields(List<Object> values) {
    List<List<String>> orders =
        List.of(List.of("a", "b"), List.of("c", "a"), List.of("c", "b", "a"), List.of("b"));
    for (int count = 0; count < 60; count++) {
      List<Object> tuple = new ArrayList<>();
      for (int field = 0; field < FIELDS.size(); field++) {
        tuple.add(values.get(random.nextInt(values.size())));
      }
      fields(orders.get(count % orders.size()), tuple);
    }
  }

  private void fields(List<String> by, List<Object> values) {
    IFn make = RT.var("backtype.storm.daemon.executor", "mk-fields-grouper");
    StringBuilder targets = new StringBuilder();
    for (int tasks : TASK_COUNTS) {
      List<Integer> ids = IntStream.range(0, tasks).boxed().collect(Collectors.toList());
      Object target = ((IFn) make.invoke(FIELDS, new Fields(by), ids)).invoke(1, values);
      targets.append(targets.length() == 0 ? "" : ",").append("\"" + tasks + "\":" + target);
    }
    String chosen = "\"by\":" + texts(by) + ",\"values\":" + list(values);
    line("fields", chosen + ",\"targets\":{" + targets + "}");
  }

  /** In which order an emit asks the subscribers of a stream, of few and of many. */
  private void subscribers() {
    for (int count : new int[] {1, 2, 5, 8, 9, 10, 12, 13, 20, 40, 100, 400}) {
      for (int round = 0; round < (count < 20 ? 6 : 2); round++) {
        TreeSet<String> names = new TreeSet<>();
        while (names.size() < count) {
          names.add((char) ('a' + random.nextInt(26)) + "-" + random.nextInt(1000));
        }
        if (count == 12 && round == 0) {
          names.addAll(List.of("AaAa", "BBBB", "AaBB", "BBAa"));
        }
        line("subscribers", "\"names\":" + texts(names) + ",\"order\":" + texts(order(names)));
      }
    }
  }

  private static Collection<String> order(Set<String> names) {
    TopologyBuilder builder = new TopologyBuilder();
    builder.setSpout("spout", new TestWordSpout());
    names.forEach(name -> builder.setBolt(name, new TestWordCounter()).allGrouping("spout"));
    StormTopology topology = builder.createTopology();
    Map<String, List<Integer>> tasks = new HashMap<>();
    names.forEach(name -> tasks.put(name, List.of(tasks.size() + 1)));
    Map<String, Map<String, Fields>> fields = new HashMap<>();
    fields.put("spout", Map.of("default", new Fields("word")));
    WorkerTopologyContext context =
        new WorkerTopologyContext(
            topology, Map.of(), Map.of(), tasks, fields, "id", "", "", 0, List.of(), null, null);
    IFn outbound = RT.var("backtype.storm.daemon.executor", "outbound-components");
    Map<?, ?> byStream = (Map<?, ?>) outbound.invoke(context, "spout");
    return ((Map<?, ?>) byStream.get("default"))
        .keySet().stream().map(String.class::cast).collect(Collectors.toList());
  }

  private static List<Object> values() {
    List<Object> values = new ArrayList<>();
    values.addAll(List.of("", "a", "b", "storm", "\u00e4\u4e2d\ud83d\ude00", "polygenelubricants"));
    values.addAll(List.of("a\"b\\c", "new\nline", "x".repeat(100)));
    values.addAll(List.of(0, 1, -1, 7, 12, Integer.MAX_VALUE, Integer.MIN_VALUE));
    values.addAll(List.of(0L, 1L, -1L, 12L, 1L << 31, 1L << 40, -(1L << 40), (1L << 53) - 1));
    values.addAll(List.of((1L << 53) + 1, -(1L << 53) - 1, Long.MAX_VALUE, Long.MIN_VALUE));
    values.addAll(List.of(0.0, -0.0, 1.0, -1.0, 1.5, 0.1, 1e300, 1e21, 9007199254740993.0));
    values.addAll(List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
    values.addAll(List.of(Double.MIN_VALUE, Double.MAX_VALUE, 0.5f, 1.0f, Float.NaN));
    values.addAll(List.of(true, false, 'c', (short) 3, (byte) -3));
    values.addAll(List.of(BigInteger.TEN.pow(30), new BigInteger("-5"), new BigDecimal("1.50")));
    values.addAll(List.of(new Date(86400000), new Date(-1), new Date(1L << 40)));
    values.add(null);
    values.addAll(List.of(List.of(), List.of(1L), List.of(1, "a"), List.of(1.0, 1L, true)));
    values.add(Arrays.asList(1L, null, "x"));
    values.add(List.of(List.of(1L), Map.of("k", 2L), List.of()));
    values.addAll(List.of(Map.of(), Map.of("k", "v")));
    values.add(new TreeMap<>(Map.of("a", 1L, "b", List.of(2.5), "c", "d")));
    values.add(Collections.singletonMap("nothing", null));
    values.add(new TreeMap<>(Map.of(1L, "one", 2L, Map.of("deep", 3L))));
    values.addAll(List.of(Set.of(), Set.of("s"), new TreeSet<>(List.of(1L, 2L, 3L))));
    return values;
  }

  private static List<Object> arrays() {
    return List.of(
        new byte[] {},
        new byte[] {1, 2, -3},
        new byte[] {-128, 127},
        new int[] {1, 2},
        new long[] {1L << 40},
        new double[] {0.5},
        new String[] {"x", "y"},
        new Object[] {1L, new byte[] {9}, null, List.of("z")});
  }

  private void line(String kind, String rest) {
    out.println("{\"kind\":\"" + kind + "\",\"generation\":\"" + generation + "\"," + rest + "}");
  }

  /** One member named after the class; arrays, lists and sets hold values, maps pairs of them. */
  private static String typed(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof Map) {
      return of("Map", list(((Map<?, ?>) value).entrySet().stream().map(GroupingVectors::pair)));
    }
    if (value instanceof Set) {
      return of("Set", list((Set<?>) value));
    }
    if (value instanceof List) {
      return of("List", list((List<?>) value));
    }
    if (value.getClass().isArray()) {
      IntStream indexes = IntStream.range(0, Array.getLength(value));
      List<?> items = indexes.mapToObj(i -> Array.get(value, i)).collect(Collectors.toList());
      return of(value.getClass().getSimpleName(), list(items));
    }
    if (value instanceof Date) {
      return of("Date", text("" + ((Date) value).getTime()));
    }
    return of(value.getClass().getSimpleName(), text("" + value));
  }

  private static String of(String type, String json) {
    return "{\"" + type + "\":" + json + "}";
  }

  private static String pair(Map.Entry<?, ?> entry) {
    return "[" + typed(entry.getKey()) + "," + typed(entry.getValue()) + "]";
  }

  private static String list(Collection<?> values) {
    return list(values.stream().map(GroupingVectors::typed));
  }

  private static String list(Stream<String> items) {
    return items.collect(Collectors.joining(",", "[", "]"));
  }

  private static String texts(Collection<String> values) {
    return list(values.stream().map(GroupingVectors::text));
  }

  private static String text(String value) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
