package gearstorm.host.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PeekTest {
  private long nowNs;

  private Peek begun(final boolean all) {
    final Peek peek = new Peek(5, all, () -> nowNs);
    assertEquals("{\"type\":\"peek-started\",\"id\":5}", peek.nextFrame());
    return peek;
  }

  private static void offer(final Peek peek, final int count) {
    for (int i = 0; i < count; i++) {
      if (peek.admits()) {
        peek.add("{\"n\":" + i + "}");
      }
    }
  }

  private static JsonObject frame(final Peek peek) {
    return JsonParser.parseString(peek.nextFrame()).getAsJsonObject();
  }

  private static int tuples(final JsonObject frame) {
    return frame.getAsJsonArray("tuples").size();
  }

  @Test
  void nothingNewIsNoFrame() {
    assertNull(begun(true).nextFrame());
  }

  @Test
  void aFrameHoldsALimitedNumberOfTuplesInOrder() {
    final Peek peek = begun(true);
    offer(peek, Peek.MAX_FRAME_TUPLES + 1);
    final JsonObject first = frame(peek);
    assertEquals(Peek.MAX_FRAME_TUPLES, tuples(first));
    assertEquals(1, first.getAsJsonArray("tuples").get(1).getAsJsonObject().get("n").getAsInt());
    assertEquals(1, tuples(frame(peek)));
    assertNull(peek.nextFrame());
  }

  @Test
  void aThinnedLookTakesAThousandASecondAndCountsTheRest() {
    final Peek peek = begun(false);
    offer(peek, Peek.THINNED_PER_SECOND + 7);
    assertEquals(7, frame(peek).get("missed").getAsInt());
    nowNs += TimeUnit.SECONDS.toNanos(1);
    offer(peek, 1);
    int left = 0;
    for (String line = peek.nextFrame(); line != null; line = peek.nextFrame()) {
      left += tuples(JsonParser.parseString(line).getAsJsonObject());
    }
    assertEquals(Peek.THINNED_PER_SECOND + 1 - Peek.MAX_FRAME_TUPLES, left);
  }

  @Test
  void aWholeLookBuffersUpToItsBoundAndCountsTheOverflow() {
    final Peek peek = begun(true);
    offer(peek, Peek.MAX_BUFFERED_TUPLES + 3);
    assertEquals(3, frame(peek).get("missed").getAsInt());
    assertEquals(0, frame(peek).get("missed").getAsInt());
  }

  @Test
  void aTupleTooLargeForAFrameIsMissed() {
    final Peek peek = begun(true);
    peek.add("\"" + "x".repeat(Peek.MAX_FRAME_CHARS) + "\"");
    final JsonObject frame = frame(peek);
    assertEquals(0, tuples(frame));
    assertEquals(1, frame.get("missed").getAsInt());
  }

  @Test
  void largeTuplesMakeFramesOfFew() {
    final Peek peek = begun(true);
    final String large = "\"" + "x".repeat(Peek.MAX_FRAME_CHARS * 2 / 3) + "\"";
    peek.add(large);
    peek.add(large);
    assertEquals(1, tuples(frame(peek)));
    assertTrue(peek.nextFrame().length() < LineChannel.MAX_LINE_BYTES);
  }
}
