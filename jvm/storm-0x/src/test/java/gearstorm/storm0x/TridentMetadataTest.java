package gearstorm.storm0x;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import backtype.storm.task.IBolt;
import backtype.storm.testing.TestWordSpout;
import backtype.storm.topology.BasicBoltExecutor;
import org.junit.jupiter.api.Test;
import storm.trident.spout.RichSpoutBatchExecutor;
import storm.trident.spout.TridentSpoutCoordinator;

final class TridentMetadataTest {
  @Test
  void whenABoltIsTridentsCoordinatorOfASource_thenItRunsMended() {
    final RichSpoutBatchExecutor words = new RichSpoutBatchExecutor(new TestWordSpout());
    final IBolt tridents = new BasicBoltExecutor(new TridentSpoutCoordinator("words", words));
    assertInstanceOf(TridentMetadata.class, TridentMetadata.mended(tridents));
  }

  @Test
  void whenABoltIsAnother_thenItIsLeftAlone() {
    final IBolt basic = new BasicBoltExecutor(null);
    assertSame(basic, TridentMetadata.mended(basic));
  }
}
