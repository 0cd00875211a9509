package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertEquals;

import backtype.storm.spout.SpoutOutputCollector;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.utils.WindowedTimeThrottler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import storm.trident.spout.ITridentSpout.BatchCoordinator;
import storm.trident.spout.RichSpoutBatchExecutor;
import storm.trident.topology.MasterBatchCoordinator;

/** In which order Trident's coordinator begins the batches 8, 9 and 10. */
final class TridentOrderTest {
  private final RecordedEmits emits = new RecordedEmits();
  private final HeldEmits held = new HeldEmits(new SpoutCollector(emits));

  /** Does not let batch 8 begin when it is asked for the first time. */
  private final FickleSource source = new FickleSource();

  private final MasterBatchCoordinator coordinator =
      new MasterBatchCoordinator(
          List.of("words"), List.of(new RichSpoutBatchExecutor(new TestWordSpout())));

  /** That it begins a later batch first is Trident's own, and why we ask. */
  @Test
  void whenABatchMayNotBeginYet_thenTridentBeginsTheNextOneFirst() {
    open(source);
    coordinator.nextTuple();
    coordinator.nextTuple();
    assertEquals(List.of("9:0", "10:0", "8:0"), begun());
  }

  // clause: trident-commit
  @Test
  void whenABatchMayNotBeginYet_thenHereNoLaterOneBegins() {
    open(new TimedSource<>(source, TridentCoordinator.nextOf(coordinator), held));
    coordinator.nextTuple();
    assertEquals(List.of(), begun());
    coordinator.nextTuple();
    assertEquals(List.of("8:0", "9:0", "10:0"), begun());
  }

  /** As a coordinator is that was opened, without a ZooKeeper. */
  private void open(final BatchCoordinator<Object> ready) {
    final SpoutOutputCollector collector = new SpoutOutputCollector(new SpoutCollector(emits));
    PrivateFields.write(coordinator, "_coordinators", List.of(ready));
    PrivateFields.write(coordinator, "_states", List.of());
    PrivateFields.write(coordinator, "_collector", collector);
    PrivateFields.write(coordinator, "_throttler", new WindowedTimeThrottler(-1, 1));
    PrivateFields.write(coordinator, "_attemptIds", new TreeMap<Long, Integer>());
    PrivateFields.write(coordinator, "_currTransaction", 8L);
    PrivateFields.write(coordinator, "_maxTransactionActive", 3);
    coordinator.activate();
  }

  /** The attempts, in the order in which they began. */
  private List<String> begun() {
    final List<String> attempts = new ArrayList<>();
    for (final String call : emits.calls) {
      attempts.add(call.replaceAll(".*\\[(.*)\\].*", "$1"));
    }
    return attempts;
  }

  private static final class FickleSource extends TestSource {
    private final Set<Long> refused = new HashSet<>();

    @Override
    public boolean isReady(final long batch) {
      return batch != 8 || !refused.add(batch);
    }
  }
}
