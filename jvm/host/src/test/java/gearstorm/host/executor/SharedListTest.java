package gearstorm.host.executor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SharedListTest {
  private final List<Integer> shared = new SharedList<>();

  @Test
  void whoWalksItSeesWhatWasInItThen() {
    shared.addAll(List.of(1, 2, 3));
    final Iterator<Integer> steps = shared.iterator();
    steps.next();
    shared.add(4);
    final List<Integer> rest = new ArrayList<>();
    steps.forEachRemaining(rest::add);
    assertEquals(List.of(2, 3), rest);
    assertEquals(List.of(1, 2, 3, 4), shared);
  }

  @Test
  void aStreamIsOfWhatWasInItThen() {
    shared.addAll(List.of(1, 2, 3));
    final Stream<Integer> grown = shared.stream().peek(this::addAgain);
    assertEquals(List.of(1, 2, 3), grown.toList());
    assertEquals(List.of(1, 2, 3, 1, 2, 3), shared);
  }

  private void addAgain(final Integer element) {
    shared.add(element);
  }
}
