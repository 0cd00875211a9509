package probe;

import backtype.storm.task.TopologyContext;
import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.IBatchSpout;

// clause: trident-operations, trident-commit
/** Batches of rows, then empty ones. */
final class RowBatches implements IBatchSpout {
  private static final long serialVersionUID = 1;

  private final String name;
  private final Fields fields;
  private final List<List<Values>> batches = new ArrayList<>();
  private transient Notes notes;

  RowBatches(String name, Fields fields) {
    this.name = name;
    this.fields = fields;
  }

  RowBatches batch(Values... rows) {
    batches.add(Arrays.asList(rows));
    return this;
  }

  @Override
  public void open(Map conf, TopologyContext context) {
    notes = Notes.of(conf);
  }

  @Override
  public void emitBatch(long batch, TridentCollector collector) {
    if (batch <= batches.size()) batches.get((int) batch - 1).forEach(collector::emit);
  }

  @Override
  public void ack(long batch) {
    if (batch <= batches.size()) notes.note("ack", name, batch);
    if (batch == batches.size() + 1) notes.note("done", name);
  }

  @Override
  public void close() {}

  @Override
  public Map getComponentConfiguration() {
    return null;
  }

  @Override
  public Fields getOutputFields() {
    return fields;
  }
}
