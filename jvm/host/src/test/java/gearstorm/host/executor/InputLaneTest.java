package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.flow.Ring;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InputLaneTest {
  private static final int RINGS = 70;

  private final List<Ring> rings = new ArrayList<>();
  private final List<Object> taken = new ArrayList<>();

  private InputLane lane(final boolean marked) {
    final InputLane lane = new InputLane(0, marked);
    for (int number = 0; number < RINGS; number++) {
      final Ring ring = new Ring(4);
      assertEquals(number, lane.add(ring));
      rings.add(ring);
    }
    return lane;
  }

  private void offer(final InputLane lane, final int ring, final Object element) {
    assertTrue(rings.get(ring).offer(element));
    lane.onOffered(ring);
  }

  private boolean takeOne(final InputLane lane, final Ring ring) {
    final Object element = ring.poll();
    if (element != null) {
      taken.add(element);
    }
    return element != null;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyRingWithInputIsShownWhicheverComesFirst(final boolean marked) throws Exception {
    final InputLane lane = lane(marked);
    for (int turn = 0; turn < 3 * RINGS; turn++) {
      taken.clear();
      offer(lane, 0, "a");
      offer(lane, 63, "b");
      offer(lane, 64, "c");
      offer(lane, 69, "d");
      assertTrue(lane.hasInput());
      assertTrue(lane.takeFromAll(turn, this::takeOne));
      assertEquals(4, taken.size(), "turn " + turn);
      assertFalse(lane.hasInput());
      assertFalse(lane.takeFromAll(turn, this::takeOne));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aRingThatIsNotEmptiedIsShownAgain(final boolean marked) throws Exception {
    final InputLane lane = lane(marked);
    offer(lane, 7, "first");
    offer(lane, 7, "second");
    assertTrue(lane.takeFromAll(0, this::takeOne));
    assertTrue(lane.hasInput());
    assertTrue(lane.takeFromAll(1, this::takeOne));
    assertEquals(List.of("first", "second"), taken);
  }

  @Test
  void ringsAreShownInTurn() throws Exception {
    final InputLane lane = lane(true);
    offer(lane, 3, "three");
    offer(lane, 40, "forty");
    lane.takeFromAll(10, this::takeOne);
    assertEquals(List.of("forty", "three"), taken);
  }

  @Test
  void aRingThatNobodyMarkedCostsNoLook() throws Exception {
    final InputLane lane = lane(true);
    rings.get(5).offer("silent");
    assertFalse(lane.hasInput());
    assertFalse(lane.takeFromAll(0, this::takeOne));
  }
}
