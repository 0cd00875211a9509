package gearstorm.storm0x;

import backtype.storm.tuple.MessageId;
import backtype.storm.tuple.TupleImpl;
import gearstorm.host.spi.HostTuple;
import gearstorm.host.spi.Roots;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Storm's tuple with its place in at most one tree as plain fields; Storm's own form of that, a
 * MessageId with a map, is made only for code that asks. The XOR of child edges is the one that
 * TupleImpl keeps for its collectors.
 */
final class LeanTuple extends TupleImpl implements HostTuple {
  // two of two bytes, so that a tuple is not eight bytes larger
  private final char streamNumber;
  private char kibibytes;
  private final int targetTask;
  private final int rootTask;
  private final long root;
  private final long edge;
  private final Roots roots;
  // written by whoever holds the tuple: the emitter until it publishes, then the receiver
  private long stampNs;

  LeanTuple(
      final StreamContext context,
      final List<Object> values,
      final int targetTask,
      final Roots roots,
      final int rootTask,
      final long root,
      final long edge) {
    super(context, values, context.sourceTask(), context.streamId(), null);
    this.streamNumber = (char) context.streamNumber();
    this.targetTask = targetTask;
    this.roots = roots;
    this.rootTask = rootTask;
    this.root = root;
    this.edge = edge;
  }

  @Override
  public MessageId getMessageId() {
    if (roots == null) {
      return root == 0
          ? MessageId.makeUnanchored()
          : MessageId.makeRootId(anchorId(rootTask, root), edge);
    }
    final Map<Long, Long> anchorsToIds = new HashMap<>();
    for (int i = 0; i < roots.roots().length; i++) {
      anchorsToIds.put(anchorId(roots.rootTasks()[i], roots.roots()[i]), roots.edges()[i]);
    }
    return MessageId.makeId(anchorsToIds);
  }

  /** Storm names a root by one random-looking long; ours are counted per spout task. */
  private static long anchorId(final int rootTask, final long root) {
    long mixed = root + rootTask * 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  @Override
  public String toString() {
    return "source: "
        + getSourceComponent()
        + ":"
        + getSourceTask()
        + ", stream: "
        + getSourceStreamId()
        + ", id: "
        + getMessageId()
        + ", "
        + getValues();
  }

  /** Two tuples are the same only when they are one. */
  @Override
  public boolean equals(final Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public int sourceTask() {
    return getSourceTask();
  }

  @Override
  public int streamNumber() {
    return streamNumber;
  }

  @Override
  public int targetTask() {
    return targetTask;
  }

  @Override
  public List<Object> values() {
    return getValues();
  }

  @Override
  public long root() {
    return root;
  }

  @Override
  public int rootTask() {
    return rootTask;
  }

  @Override
  public long edge() {
    return edge;
  }

  @Override
  public Roots roots() {
    return roots;
  }

  @Override
  public int kibibytes() {
    return kibibytes;
  }

  @Override
  public void kibibytes(final int newKibibytes) {
    kibibytes = (char) newKibibytes;
  }

  @Override
  public long childEdges() {
    return getAckVal();
  }

  @Override
  public void addChildEdge(final long childEdge) {
    updateAckVal(childEdge);
  }

  @Override
  public long stampNs() {
    return stampNs;
  }

  @Override
  public void stampNs(final long newStampNs) {
    stampNs = newStampNs;
  }
}
