package probe;

import storm.trident.spout.IOpaquePartitionedTridentSpout;
import storm.trident.spout.IPartitionedTridentSpout;

/** Lets a source of parts make so many batches, and notes when the last one is committed. */
final class PartsCoordinator
    implements IPartitionedTridentSpout.Coordinator<Long>,
        IOpaquePartitionedTridentSpout.Coordinator<Long> {
  private final String name;
  private final Notes notes;
  private boolean done;

  PartsCoordinator(String name, Notes notes) {
    this.name = name;
    this.notes = notes;
  }

  /** One batch is in flight at a time, so that who is asked of another has committed the last. */
  @Override
  public boolean isReady(long batch) {
    if (batch > Part.BATCHES && !done) {
      done = true;
      notes.note("done", name);
    }
    return batch <= Part.BATCHES;
  }

  @Override
  public Long getPartitionsForBatch() {
    return Part.PARTS;
  }

  @Override
  public void close() {}
}
