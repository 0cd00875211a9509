package probe;

import backtype.storm.task.TopologyContext;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.IPartitionedTridentSpout;
import storm.trident.topology.TransactionAttempt;

// clause: trident-parts
/** Batches of three parts, each of which goes on where its last batch ended. */
final class PartsSource implements IPartitionedTridentSpout<Long, Part, Long> {
  private static final long serialVersionUID = 1;

  @Override
  public Coordinator<Long> getCoordinator(Map conf, TopologyContext context) {
    return new PartsCoordinator("parts", Notes.of(conf));
  }

  @Override
  public Emitter<Long, Part, Long> getEmitter(Map conf, TopologyContext context) {
    return new PartsEmitter(Notes.of(conf));
  }

  @Override
  public Map getComponentConfiguration() {
    return null;
  }

  @Override
  public Fields getOutputFields() {
    return new Fields("part", "number");
  }

  private static final class PartsEmitter extends NotedParts implements Emitter<Long, Part, Long> {
    PartsEmitter(Notes notes) {
      super("parts", notes);
    }

    @Override
    public Long emitPartitionBatchNew(
        TransactionAttempt attempt, TridentCollector collector, Part part, Long last) {
      notes.note("parts", "new", attempt, part.getId(), Show.typed(last));
      long first = last == null ? part.index() : last + 100;
      collector.emit(new Values(part.getId(), first));
      collector.emit(new Values(part.getId(), first + 10));
      return first;
    }

    @Override
    public void emitPartitionBatch(
        TransactionAttempt attempt, TridentCollector collector, Part part, Long meta) {
      notes.note("parts", "again", attempt, part.getId(), Show.typed(meta));
    }
  }
}
