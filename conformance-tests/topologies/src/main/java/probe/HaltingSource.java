package probe;

import backtype.storm.task.TopologyContext;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.IPartitionedTridentSpout;
import storm.trident.topology.TransactionAttempt;

/** One batch of two parts, of hundreds and of ones, whose coordinator ends its process once. */
final class HaltingSource implements IPartitionedTridentSpout<Long, Part, Long> {
  static final int PARTITIONS = 2;
  static final int NUMBERS = 10;
  static final Fields FIELDS = new Fields("number");

  private static final long serialVersionUID = 1;
  private static final int QUICK = 1;
  private static final int EXIT_CODE = 9;
  private static final long POLL_MS = 20;

  @Override
  public Coordinator<Long> getCoordinator(Map conf, TopologyContext context) {
    // Trident has one more in the bolt that describes batches
    if (context.getThisComponentId().startsWith("$mastercoord")) haltOnce(Notes.of(conf));
    return new OneBatch();
  }

  private static void haltOnce(Notes notes) {
    Thread thread =
        new Thread(
            () -> {
              until(() -> count(notes, "arrived") > 0);
              if (count(notes, "halts") > 0) return;
              notes.note("halts");
              Runtime.getRuntime().halt(EXIT_CODE);
            });
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public Emitter<Long, Part, Long> getEmitter(Map conf, TopologyContext context) {
    return new NumbersEmitter(Notes.of(conf));
  }

  @Override
  public Map getComponentConfiguration() {
    return null;
  }

  @Override
  public Fields getOutputFields() {
    return FIELDS;
  }

  private static long count(Notes notes, String beginning) {
    return notes.lines().stream().filter(line -> line.startsWith(beginning)).count();
  }

  private static void until(Session.Condition condition) {
    try {
      while (!condition.holds()) Thread.sleep(POLL_MS);
    } catch (Exception stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static final class OneBatch implements Coordinator<Long> {
    @Override
    public boolean isReady(long batch) {
      return batch == 1;
    }

    @Override
    public Long getPartitionsForBatch() {
      return (long) PARTITIONS;
    }

    @Override
    public void close() {}
  }

  private static final class NumbersEmitter implements Emitter<Long, Part, Long> {
    private final Notes notes;

    NumbersEmitter(Notes notes) {
      this.notes = notes;
    }

    @Override
    public Long emitPartitionBatchNew(
        TransactionAttempt attempt, TridentCollector collector, Part part, Long last) {
      emitPartitionBatch(attempt, collector, part, last);
      return 1L;
    }

    @Override
    public void emitPartitionBatch(
        TransactionAttempt attempt, TridentCollector collector, Part part, Long meta) {
      boolean quick = part.index() == QUICK;
      if (quick) notes.note("attempt", attempt);
      else until(this::quickOneWasAskedAgain);
      for (int i = 0; i < NUMBERS; i++) collector.emit(new Values(quick ? 1L : 100L));
    }

    /** And, if it was asked for the same attempt, what it emitted has been summed up. */
    private boolean quickOneWasAskedAgain() {
      List<String> attempts = new ArrayList<>(notes.lines());
      attempts.removeIf(line -> !line.startsWith("attempt"));
      return attempts.size() > 1
          && (new HashSet<>(attempts).size() > 1 || count(notes, "summed") > 0);
    }

    @Override
    public void refreshPartitions(List<Part> parts) {}

    @Override
    public List<Part> getOrderedPartitions(Long count) {
      return Part.all(count);
    }

    @Override
    public void close() {}
  }
}
