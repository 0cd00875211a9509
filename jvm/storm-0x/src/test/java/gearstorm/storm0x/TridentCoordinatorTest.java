package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import backtype.storm.spout.ISpout;
import backtype.storm.testing.TestWordSpout;
import java.util.List;
import org.junit.jupiter.api.Test;
import storm.trident.spout.RichSpoutBatchExecutor;
import storm.trident.topology.MasterBatchCoordinator;

final class TridentCoordinatorTest {
  private final TestWordSpout words = new TestWordSpout();

  @Test
  void whenASpoutIsTridentsCoordinator_thenItRunsMended() {
    final ISpout tridents =
        new MasterBatchCoordinator(List.of("words"), List.of(new RichSpoutBatchExecutor(words)));
    assertInstanceOf(TridentCoordinator.class, TridentCoordinator.mended(tridents));
  }

  @Test
  void whenASpoutIsAnother_thenItIsLeftAlone() {
    assertSame(words, TridentCoordinator.mended(words));
  }
}
