package gearstorm.host.values;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PackCodecTest {
  private static final int FRAME_BYTES = 64 << 20;

  private final PackCodec codec =
      new PackCodec(
          () -> {
            throw new AssertionError("nothing here is Java's alone");
          },
          value -> 0);

  @Test
  void aListThatHoldsAnotherTwiceAgainAndAgainIsRefusedBeforeItFillsTheMemory() {
    List<Object> value = List.of("end");
    for (int depth = 0; depth < 90; depth++) {
      value = List.of(value, value);
    }
    final List<Object> values = value;

    final Exception refused =
        assertThrows(IllegalArgumentException.class, () -> codec.encode(values));

    assertTrue(refused.getMessage().contains("" + FRAME_BYTES), refused.getMessage());
  }

  @Test
  void aTextThatJustFitsIntoAFrameIsWritten() {
    final String text = "x".repeat(FRAME_BYTES - 100);

    final byte[] bytes = codec.encode(List.of(text));

    assertEquals(List.of(text), codec.decode(bytes, 0, bytes.length));
  }

  @Test
  void theNextTupleIsWrittenAfterOneThatWasTooLarge() {
    assertThrows(
        IllegalArgumentException.class, () -> codec.encode(List.of(new byte[FRAME_BYTES + 1])));

    final byte[] bytes = codec.encode(List.of("small"));

    assertEquals(List.of("small"), codec.decode(bytes, 0, bytes.length));
  }
}
