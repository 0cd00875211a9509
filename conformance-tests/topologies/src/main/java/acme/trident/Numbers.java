package acme.trident;

import backtype.storm.tuple.Fields;
import backtype.storm.tuple.Values;
import java.util.ArrayList;
import java.util.List;
import storm.trident.operation.TridentCollector;
import storm.trident.spout.ISpoutPartition;

/** What both spouts are made of: each partition has the numbers from 0 to a last one, once. */
final class Numbers {
  static final Fields FIELDS = new Fields("partition", "number");
  static final long PARTITIONS = 3;

  private Numbers() {}

  /** Emits those from `first` up to, but without, `end`. */
  static void emit(Partition partition, long first, long end, TridentCollector collector) {
    for (long number = first; number < end; number++) {
      collector.emit(new Values(partition.getId(), number));
    }
  }

  static List<Partition> partitions(long count) {
    List<Partition> all = new ArrayList<>();
    for (int index = 0; index < count; index++) all.add(new Partition(index));
    return all;
  }

  static final class Partition implements ISpoutPartition {
    private final int index;

    Partition(int index) {
      this.index = index;
    }

    @Override
    public String getId() {
      return "p" + index;
    }
  }
}
