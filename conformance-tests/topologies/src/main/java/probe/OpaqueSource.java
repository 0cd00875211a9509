package probe;

import backtype.storm.task.TopologyContext;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.Map;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.IOpaquePartitionedTridentSpout;
import storm.trident.topology.TransactionAttempt;

// clause: trident-parts
/** Batches of three parts, which another attempt may make otherwise. */
final class OpaqueSource implements IOpaquePartitionedTridentSpout<Long, Part, Long> {
  private static final long serialVersionUID = 1;

  @Override
  public Coordinator<Long> getCoordinator(Map conf, TopologyContext context) {
    return new PartsCoordinator("opaque", Notes.of(conf));
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
      super("opaque", notes);
    }

    @Override
    public Long emitPartitionBatch(
        TransactionAttempt attempt, TridentCollector collector, Part part, Long last) {
      notes.note("opaque", "emit", attempt, part.getId(), Show.typed(last));
      long next = last == null ? 1 : last + 1;
      collector.emit(new Values(part.getId(), 100 * part.index() + next));
      return next;
    }
  }
}
