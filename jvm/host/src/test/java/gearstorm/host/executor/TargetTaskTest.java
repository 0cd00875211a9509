package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetTaskTest {
  private final List<Integer> list = new TargetTask(7);

  @Test
  void isAListOfOneTask() {
    assertEquals(List.of(7), list);
    assertEquals(List.of(7).hashCode(), list.hashCode());
    assertEquals("[7]", list.toString());
    assertEquals(List.of(7), new ArrayList<>(list));
    assertThrows(IndexOutOfBoundsException.class, () -> list.get(1));
    assertThrows(IndexOutOfBoundsException.class, () -> list.get(-1));
  }

  @Test
  void changesAsAnyOtherList() {
    list.add(3);
    list.add(0, 9);
    assertEquals(List.of(9, 7, 3), list);
    list.set(1, 8);
    list.remove(Integer.valueOf(3));
    assertEquals(List.of(9, 8), list);
    list.sort(null);
    assertEquals(List.of(8, 9), list);
    list.clear();
    assertEquals(List.of(), list);
  }

  @Test
  void whoWalksItIsToldThatItWasChanged() {
    final Iterator<Integer> steps = list.iterator();
    list.add(3);
    assertThrows(ConcurrentModificationException.class, steps::next);
  }
}
