package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import backtype.storm.coordination.BatchOutputCollector;
import backtype.storm.generated.StormTopology;
import backtype.storm.task.IBolt;
import backtype.storm.task.TopologyContext;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.FailedException;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Tuple;
import backtype.storm.tuple.TupleImpl;
import clojure.lang.Atom;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.IOpaquePartitionedTridentSpout;
import storm.trident.spout.IPartitionedTridentSpout;
import storm.trident.spout.ISpoutPartition;
import storm.trident.spout.ITridentSpout;
import storm.trident.spout.OpaquePartitionedTridentSpoutExecutor;
import storm.trident.spout.PartitionedTridentSpoutExecutor;
import storm.trident.spout.RichSpoutBatchExecutor;
import storm.trident.spout.TridentSpoutExecutor;
import storm.trident.topology.BatchInfo;
import storm.trident.topology.ITridentBatchBolt;
import storm.trident.topology.MasterBatchCoordinator;
import storm.trident.topology.TransactionAttempt;
import storm.trident.topology.TridentBoltExecutor;
import storm.trident.topology.state.TransactionalState;

/** Sources with the partitions a, b and c, of which each batch has ten numbers more. */
@SuppressWarnings("rawtypes") // as Storm declares them
final class TridentPartitionsTest {
  private static final int TASK = 1;
  private static final List<String> PARTITIONS = List.of("a", "b", "c");

  @TempDir Path folder;

  private StormsZooKeeper zooKeeper;

  /** A client that knows nothing of the source's. */
  private TransactionalState other;

  private final List<TransactionalState> states = new ArrayList<>();

  /** A partition that has no numbers but fails; null for none. */
  private String failing;

  @BeforeEach
  void connect() throws ReflectiveOperationException {
    zooKeeper = new StormsZooKeeper(folder);
    other = TransactionalState.newUserState(zooKeeper.conf(), "words");
  }

  @AfterEach
  void close() throws ReflectiveOperationException {
    other.close();
    states.forEach(TransactionalState::close);
    zooKeeper.close();
  }

  @Test
  void whenASourceHasPartitions_thenItRunsMended() {
    for (final ITridentSpout<?> spout : List.of(opaqueSpout(), fixedSpout())) {
      assertInstanceOf(TridentPartitions.class, TridentPartitions.mended(boltOf(spout)));
    }
  }

  @Test
  void whenABoltIsAnother_thenItIsLeftAlone() {
    final IBolt words = boltOf(new RichSpoutBatchExecutor(new TestWordSpout()));
    assertSame(words, TridentPartitions.mended(words));
  }

  // clause: trident-parts
  @Test
  void whenAnOpaqueBatchIsCommitted_thenAllItsPartitionsAreOneTransaction() throws Exception {
    final ITridentBatchBolt source = prepared(opaqueSpout());
    begin(source, 1);
    assertEquals(List.of(), stored("a"));
    final long before = zooKeeper.changes();
    commit(source, 1);
    assertEquals(before + 1, zooKeeper.changes());
    begin(source, 2);
    commit(source, 2);
    assertEquals(before + 2, zooKeeper.changes());
    for (final String partition : PARTITIONS) {
      assertEquals(List.of("1=10", "2=20"), stored(partition));
    }
    succeed(source, 2);
    assertEquals(before + 3, zooKeeper.changes());
    for (final String partition : PARTITIONS) {
      assertEquals(List.of("2=20"), stored(partition));
    }
  }

  // clause: trident-retry
  @Test
  void whenABatchIsTriedAgainThatWasCommittedInPart_thenItBeginsWhereItDidBefore()
      throws Exception {
    final ITridentBatchBolt source = prepared(opaqueSpout());
    begin(source, 1);
    commit(source, 1);
    final ITridentBatchBolt anew = prepared(opaqueSpout());
    begin(anew, 1);
    assertEquals(List.of(), stored("b"));
    commit(anew, 1);
    assertEquals(List.of("1=10"), stored("b"));
  }

  // clause: trident-parts
  @Test
  void whenABatchThatIsTheSameEachTimeBegins_thenAllItsPartitionsAreOneTransaction()
      throws Exception {
    final ITridentBatchBolt source = prepared(fixedSpout());
    begin(source, 1);
    final long before = zooKeeper.changes();
    begin(source, 2);
    assertEquals(before + 1, zooKeeper.changes());
    begin(source, 2);
    assertEquals(before + 1, zooKeeper.changes());
    succeed(source, 2);
    assertEquals(before + 2, zooKeeper.changes());
    for (final String partition : PARTITIONS) {
      assertEquals(List.of("2=20"), stored(partition));
    }
  }

  @Test
  void whenAPartitionFailsABatch_thenWhatThoseBeforeItBeganIsStoredAsStormDoes() throws Exception {
    final ITridentBatchBolt source = prepared(fixedSpout());
    failing = "c";
    assertThrows(FailedException.class, () -> begin(source, 1));
    assertEquals(List.of(), stored("c"));
    failing = null;
    begin(source, 1);
    for (final String partition : PARTITIONS) {
      assertEquals(List.of("1=10"), stored(partition));
    }
  }

  private static void begin(final ITridentBatchBolt source, final long batch) {
    execute(source, "$batch", batch);
  }

  private static void commit(final ITridentBatchBolt source, final long batch) {
    execute(source, MasterBatchCoordinator.COMMIT_STREAM_ID, batch);
  }

  private static void succeed(final ITridentBatchBolt source, final long batch) {
    execute(source, MasterBatchCoordinator.SUCCESS_STREAM_ID, batch);
  }

  private static void execute(
      final ITridentBatchBolt source, final String stream, final long batch) {
    final TransactionAttempt attempt = new TransactionAttempt(batch, 0);
    source.execute(new BatchInfo("group", attempt, null), tuple(stream, attempt));
  }

  private static Tuple tuple(final String stream, final TransactionAttempt attempt) {
    return new TupleImpl(context(stream), List.<Object>of(attempt, "partitions"), TASK, stream);
  }

  private static TopologyContext context(final String stream) {
    return new TopologyContext(
        new StormTopology(Map.of(), Map.of(), Map.of()),
        Map.of(),
        Map.of(TASK, "words"),
        Map.of("words", List.of(TASK)),
        Map.of("words", Map.of(stream, new Fields("attempt", "metadata"))),
        "words-1-1400000000",
        null,
        null,
        TASK,
        null,
        List.of(TASK),
        Map.of(),
        Map.of(),
        new HashMap<>(),
        new HashMap<>(),
        new Atom(false));
  }

  /** What is kept of a partition, each as BATCH=NUMBER. */
  private List<String> stored(final String partition) {
    return other.list(partition).stream()
        .sorted()
        .map(batch -> batch + "=" + other.getData(partition + "/" + batch))
        .toList();
  }

  private ITridentBatchBolt prepared(final ITridentSpout<?> spout) throws Exception {
    final TridentSpoutExecutor source = new TridentSpoutExecutor("words", "numbers", spout);
    source.prepare(zooKeeper.conf(), context("numbers"), new NoEmits());
    final ITridentBatchBolt storing = TridentPartitions.storing(source);
    final Object emitter = PrivateFields.read(source, "_emitter", ITridentSpout.Emitter.class);
    states.add(PrivateFields.read(emitter, "_state", TransactionalState.class));
    return storing;
  }

  private static IBolt boltOf(final ITridentSpout<?> spout) {
    final TridentSpoutExecutor source = new TridentSpoutExecutor("words", "numbers", spout);
    return new TridentBoltExecutor(source, Map.of(), Map.of());
  }

  private ITridentSpout<?> opaqueSpout() {
    return new OpaquePartitionedTridentSpoutExecutor(new OpaqueNumbers());
  }

  private ITridentSpout<?> fixedSpout() {
    return new PartitionedTridentSpoutExecutor(new FixedNumbers());
  }

  private Long next(final Part part, final Number last) {
    if (part.getId().equals(failing)) {
      throw new FailedException(failing);
    }
    return last == null ? 10 : last.longValue() + 10;
  }

  private record Part(String id) implements ISpoutPartition {
    @Override
    public String getId() {
      return id;
    }

    static List<Part> all() {
      return PARTITIONS.stream().map(Part::new).toList();
    }
  }

  /** That nothing is emitted makes no difference to what is stored. */
  private static final class NoEmits extends BatchOutputCollector {
    @Override
    public List<Integer> emit(final String stream, final List<Object> values) {
      return new ArrayList<>();
    }

    @Override
    public void emitDirect(final int task, final String stream, final List<Object> values) {}

    @Override
    public void reportError(final Throwable error) {}
  }

  private final class OpaqueNumbers implements IOpaquePartitionedTridentSpout<String, Part, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public IOpaquePartitionedTridentSpout.Emitter<String, Part, Long> getEmitter(
        final Map conf, final TopologyContext context) {
      return new IOpaquePartitionedTridentSpout.Emitter<>() {
        @Override
        public Long emitPartitionBatch(
            final TransactionAttempt attempt,
            final TridentCollector collector,
            final Part part,
            final Long last) {
          return next(part, last);
        }

        @Override
        public void refreshPartitions(final List<Part> parts) {}

        @Override
        public List<Part> getOrderedPartitions(final String metadata) {
          return Part.all();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public IOpaquePartitionedTridentSpout.Coordinator<String> getCoordinator(
        final Map conf, final TopologyContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map getComponentConfiguration() {
      return null;
    }

    @Override
    public Fields getOutputFields() {
      return new Fields("number");
    }
  }

  private final class FixedNumbers implements IPartitionedTridentSpout<String, Part, Long> {
    private static final long serialVersionUID = 1L;

    @Override
    public IPartitionedTridentSpout.Emitter<String, Part, Long> getEmitter(
        final Map conf, final TopologyContext context) {
      return new IPartitionedTridentSpout.Emitter<>() {
        @Override
        public Long emitPartitionBatchNew(
            final TransactionAttempt attempt,
            final TridentCollector collector,
            final Part part,
            final Long last) {
          return next(part, last);
        }

        @Override
        public void emitPartitionBatch(
            final TransactionAttempt attempt,
            final TridentCollector collector,
            final Part part,
            final Long same) {}

        @Override
        public void refreshPartitions(final List<Part> parts) {}

        @Override
        public List<Part> getOrderedPartitions(final String metadata) {
          return Part.all();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public IPartitionedTridentSpout.Coordinator<String> getCoordinator(
        final Map conf, final TopologyContext context) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Map getComponentConfiguration() {
      return null;
    }

    @Override
    public Fields getOutputFields() {
      return new Fields("number");
    }
  }
}
