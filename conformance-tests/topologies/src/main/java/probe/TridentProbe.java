package probe;

import backtype.storm.Config;
import backtype.storm.generated.StormTopology;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Arrays;
import storm.trident.JoinType;
import storm.trident.Stream;
import storm.trident.TridentState;
import storm.trident.TridentTopology;
import storm.trident.operation.builtin.Count;
import storm.trident.operation.builtin.FilterNull;
import storm.trident.operation.builtin.FirstN;
import storm.trident.operation.builtin.MapGet;
import storm.trident.operation.builtin.SnapshotGet;
import storm.trident.operation.builtin.Sum;
import storm.trident.spout.RichSpoutBatchExecutor;
import storm.trident.testing.MemoryMapState;
import storm.trident.testing.Split;

// clause: trident-operations
/** What Trident computes: every kind of source, what can be done with a stream, states, queries. */
final class TridentProbe implements Probe {
  private static final int WORKERS = 2;
  private static final int TIMEOUT_SECS = 300;
  private static final int SOURCES = 7;
  private static final Fields WORD = new Fields("word");
  private static final Fields KEY = new Fields("key");
  private static final Fields NUMBER = new Fields("number");
  private static final Fields SUM = new Fields("sum");
  private static final Fields COUNT = new Fields("count");
  private static final Fields ARGS = new Fields("args");

  @Override
  public String name() {
    return "trident";
  }

  @Override
  public int workers() {
    return WORKERS;
  }

  @Override
  public void run(Session session) throws Exception {
    Config conf = session.newConf();
    conf.setNumWorkers(WORKERS);
    conf.setMessageTimeoutSecs(TIMEOUT_SECS);
    conf.put(Config.TOPOLOGY_TRIDENT_BATCH_EMIT_INTERVAL_MILLIS, 50);
    conf.put(RichSpoutBatchExecutor.MAX_BATCH_SIZE_CONF, 2);
    session.submit(conf, topology(session.topologyName));
    session.await("done", SOURCES);
    session.await("plain\tcoordinator hears of success", (int) PlainSource.BATCHES);
    for (String words : Arrays.asList("the", "cow moon unheard", "unheard")) {
      ask(session, "count", words);
    }
    ask(session, "sum", "anything");
    ask(session, "answers", "a bb ccc a");
  }

  private static void ask(Session session, String function, String argument) throws Exception {
    String answer = session.drpc(session.topologyName + "-" + function, argument);
    session.notes.note("drpc", function, argument, answer);
  }

  private static StormTopology topology(String name) {
    TridentTopology topology = new TridentTopology();
    Stream words = words(topology, name);
    TridentState counts = counts(words);
    streams(topology, words);
    joins(topology, name);
    TridentState sums = sources(topology, name);
    queries(topology, name, counts, sums);
    return topology.build();
  }

  private static Stream words(TridentTopology topology, String name) {
    RowBatches sentences =
        new RowBatches("words", new Fields("sentence"))
            .batch(new Values("the cow jumped"), new Values("over the moon"))
            .batch(new Values("the man went"))
            .batch(new Values("to the moon"), new Values("the cow"), new Values("and back"));
    return topology
        .newStream(name + "-words", sentences)
        .shuffle()
        .each(new Fields("sentence"), new Split(), WORD)
        .project(WORD);
  }

  private static TridentState counts(Stream words) {
    TridentState counts =
        words
            .groupBy(WORD)
            .persistentAggregate(new MemoryMapState.Factory(), new Count(), COUNT)
            .parallelismHint(2);
    counts.newValuesStream().each(new Fields("word", "count"), new ValueNotes("counts"));
    return counts;
  }

  /** Where the tuples of a stream go. */
  private static void streams(TridentTopology topology, Stream words) {
    note(words.applyAssembly(new FirstN(2, "word")), WORD, "first two", 1);
    note(words.partitionBy(WORD), WORD, "by word", 3);
    note(words.broadcast(), WORD, "to all", 2);
    note(words.batchGlobal(), WORD, "by batch", 3);
    note(words.global(), WORD, "to one", 2);
    note(words.groupBy(WORD).aggregate(new Count(), COUNT), COUNT, "groups", 1);
    TridentState lengths = topology.newStaticState(new Lengths.Factory());
    words
        .stateQuery(lengths, WORD, new Lengths.Get(), new Fields("length"))
        .each(new Fields("word", "length"), new ValueNotes("lengths"));
  }

  private static void joins(TridentTopology topology, String name) {
    Fields leftFields = new Fields("key", "left");
    Fields rightFields = new Fields("key", "right");
    RowBatches leftRows =
        new RowBatches("left", leftFields)
            .batch(new Values(1, "a"), new Values(2, "b"), new Values(2, "c"))
            .batch(new Values(3, "d"), new Values(4, null));
    RowBatches rightRows =
        new RowBatches("right", rightFields)
            .batch(new Values(2, "x"), new Values(2, "y"), new Values(5, "z"))
            .batch(new Values(4, "u"), new Values(1, "v"));
    Stream left = topology.newStream(name + "-left", leftRows);
    Stream right = topology.newStream(name + "-right", rightRows);
    Fields joined = new Fields("key", "left", "right");
    note(topology.join(left, KEY, right, KEY, joined), joined, "inner join", 1);
    note(topology.join(left, KEY, right, KEY, joined, JoinType.OUTER), joined, "outer join", 1);
    Stream mixed =
        topology.join(
            left, KEY, right, KEY, joined, JoinType.mixed(JoinType.INNER, JoinType.OUTER));
    note(mixed, joined, "left join", 1);
    Fields merged = new Fields("key", "value");
    Stream groups = topology.merge(merged, left, right).groupBy(KEY).aggregate(new Count(), COUNT);
    note(groups, new Fields("key", "count"), "merged", 1);
  }

  private static TridentState sources(TridentTopology topology, String name) {
    topology
        .newStream(name + "-plain", new PlainSource())
        .each(NUMBER, new FailOnce())
        .global()
        .partitionPersist(new NotedSums.Factory(), NUMBER, new NotedSums.Adding());
    Stream chained =
        topology
            .newStream(name + "-parts", new PartsSource())
            .parallelismHint(2)
            .chainedAgg()
            .aggregate(new Count(), COUNT)
            .aggregate(NUMBER, new Sum(), SUM)
            .chainEnd();
    note(chained, new Fields("count", "sum"), "chained", 1);
    note(topology.newStream(name + "-rich", new RichSource()), NUMBER, "rich", 1);
    TridentState sums =
        topology
            .newStream(name + "-opaque", new OpaqueSource())
            .parallelismHint(2)
            .persistentAggregate(new MemoryMapState.Factory(), NUMBER, new Sum(), SUM);
    sums.newValuesStream().each(SUM, new ValueNotes("opaque sum"));
    return sums;
  }

  private static void queries(
      TridentTopology topology, String name, TridentState counts, TridentState sums) {
    topology
        .newDRPCStream(name + "-count")
        .each(ARGS, new Split(), WORD)
        .groupBy(WORD)
        .stateQuery(counts, WORD, new MapGet(), COUNT)
        .each(COUNT, new FilterNull())
        .aggregate(COUNT, new Sum(), SUM);
    topology
        .newDRPCStream(name + "-sum")
        .stateQuery(sums, ARGS, new SnapshotGet(), SUM)
        .project(SUM);
    topology
        .newDRPCStream(name + "-answers")
        .each(ARGS, new Split(), WORD)
        .groupBy(WORD)
        .aggregate(new Count(), COUNT)
        .applyAssembly(new FirstN(9, "word"));
  }

  private static void note(Stream stream, Fields fields, String what, int parallelism) {
    stream
        .partitionAggregate(fields, new BatchNotes(what), new Fields("noted"))
        .parallelismHint(parallelism);
  }
}
