package gearstorm.host.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LostTreesTest {
  private final List<String> told = new ArrayList<>();
  private final LostTrees trees =
      new LostTrees((peer, task, root) -> told.add(peer + " " + task + " " + root));

  @Test
  void whenATreeIsLostSeveralTimesBeforeARound_thenItsSpoutHearsOnce() {
    trees.add(1, 5, 7);
    trees.add(1, 5, 7);
    trees.add(1, 5, 8);
    trees.tellRound();
    assertEquals(List.of("1 5 7", "1 5 8"), told.stream().sorted().toList());
  }

  @Test
  void whenASpoutSendsAgainAsSoonAsItHears_thenItIsToldOfThatInTheNextRound() {
    final List<String> heard = new ArrayList<>();
    final LostTrees[] again = new LostTrees[1];
    again[0] =
        new LostTrees(
            (peer, task, root) -> {
              heard.add("root " + root);
              if (heard.size() < 100) {
                again[0].add(peer, task, root);
              }
            });
    again[0].add(1, 5, 7);
    for (int round = 1; round <= 3; round++) {
      again[0].tellRound();
      assertEquals(round, heard.size());
    }
  }
}
