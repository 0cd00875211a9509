package gearstorm.host.routing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gearstorm.host.spi.TaskChooser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GroupersTest {
  private static final int[] TASKS = {3, 4, 5, 6};
  private static final List<Object> VALUES = List.of("a", "b");

  private static List<Integer> choose(final Grouper grouper, final List<Object> values) {
    final TaskSelection selection = new TaskSelection();
    grouper.choose(1, values, selection);
    final Integer[] chosen = new Integer[selection.size()];
    Arrays.setAll(chosen, selection::get);
    return List.of(chosen);
  }

  // clause: shuffle
  @Test
  void shuffleGivesEveryTaskOneTuplePerRound() {
    final Grouper grouper = new ShuffleGrouper(TASKS, new SplittableRandom(1), RunLength.ONE);
    final Set<List<Integer>> orders = new HashSet<>();
    for (int round = 0; round < 100; round++) {
      final Integer[] order = new Integer[TASKS.length];
      Arrays.setAll(order, index -> choose(grouper, VALUES).get(0));
      assertEquals(Set.of(3, 4, 5, 6), Set.of(order));
      orders.add(List.of(order));
    }
    assertTrue(orders.size() > 10, "a new permutation each round");
  }

  @Test
  void shuffleGivesEveryTaskAsManyInARowInOneRound() {
    final int[] lengths = {3, 1, 2};
    final int[] round = {0};
    final Grouper grouper =
        new ShuffleGrouper(TASKS, new SplittableRandom(1), (task, tasks) -> lengths[round[0]++]);
    for (final int length : lengths) {
      final Set<Integer> seen = new HashSet<>();
      for (int run = 0; run < TASKS.length; run++) {
        final int task = choose(grouper, VALUES).get(0);
        assertTrue(seen.add(task), "each task once a round");
        for (int again = 1; again < length; again++) {
          assertEquals(List.of(task), choose(grouper, VALUES));
        }
      }
    }
  }

  @Test
  void shuffleBeginsAnotherRoundWhereItsRunsEnd() {
    final List<Integer> lengths = new ArrayList<>(List.of(2, 1));
    final Grouper grouper =
        new ShuffleGrouper(
            TASKS,
            new SplittableRandom(1),
            new RunLength() {
              @Override
              public int next(final int task, final int tasks) {
                return lengths.remove(0);
              }

              @Override
              public boolean goesOn() {
                return lengths.isEmpty();
              }
            });
    assertEquals(choose(grouper, VALUES), choose(grouper, VALUES));
    final Set<Integer> round = new HashSet<>();
    for (int each = 0; each < TASKS.length; each++) {
      round.addAll(choose(grouper, VALUES));
    }
    assertEquals(Set.of(3, 4, 5, 6), round);
  }

  // clause: none
  @Test
  void noneReachesEveryTask() {
    final Grouper grouper = new RandomGrouper(TASKS, new SplittableRandom(1));
    final Set<Integer> seen = new HashSet<>();
    for (int tuple = 0; tuple < 200; tuple++) {
      seen.addAll(choose(grouper, VALUES));
    }
    assertEquals(Set.of(3, 4, 5, 6), seen);
  }

  // clause: all, global
  @Test
  void allTakesEveryTaskInOrderAndGlobalTheLowest() {
    assertEquals(List.of(3, 4, 5, 6), choose(new FixedGrouper(TASKS), VALUES));
    assertEquals(List.of(3), choose(new FixedGrouper(TASKS[0]), VALUES));
  }

  // clause: fields-hash
  @Test
  void fieldsTakesTheFloorOfTheHashOverTheSortedTasks() {
    final FieldsGrouper.FieldsHash hash = (values, indexes) -> (Integer) values.get(indexes[0]);
    final Grouper grouper = new FieldsGrouper(TASKS, new int[] {1}, hash);
    assertEquals(List.of(4), choose(grouper, List.of("x", 5)));
    assertEquals(List.of(6), choose(grouper, List.of("x", -1)));
    assertEquals(List.of(3), choose(grouper, List.of("x", Integer.MIN_VALUE)));
  }

  private final List<String> warnings = new ArrayList<>();

  private Grouper custom(final TaskChooser chooser) {
    return new CustomGrouper(chooser, "sink", task -> task == 3 || task == 4, warnings::add);
  }

  // clause: custom-grouping
  @Test
  void customMayTakeSeveralOrNone() {
    assertEquals(List.of(4, 3, 4), choose(custom((task, values) -> List.of(4, 3, 4)), VALUES));
    assertEquals(List.of(), choose(custom((task, values) -> List.of()), VALUES));
    assertEquals(List.of(), warnings);
  }

  @Test
  void customThatTakesATaskThatReceivesNothingIsWarnedAboutOnce() {
    final Grouper grouper = custom((task, values) -> List.of(9, 3));
    assertEquals(List.of(9, 3), choose(grouper, VALUES));
    assertEquals(List.of(9, 3), choose(grouper, VALUES));
    assertEquals(
        List.of(
            "the custom grouping of task 1 to sink chose task 9, which is no task of a bolt:"
                + " the tuple is lost"),
        warnings);
  }

  @Test
  void customThatTakesNullTakesOneTaskThatIsNone() {
    assertEquals(List.of(TaskSelection.NO_TASK), choose(custom((task, values) -> null), VALUES));
    assertEquals(
        List.of(3, TaskSelection.NO_TASK),
        choose(custom((task, values) -> Arrays.asList(3, null)), VALUES));
  }

  // clause: direct-emit
  @Test
  void aPlainEmitToADirectSubscriberIsAnError() {
    assertThrows(IllegalArgumentException.class, () -> choose(new DirectGrouper("s"), VALUES));
  }
}
