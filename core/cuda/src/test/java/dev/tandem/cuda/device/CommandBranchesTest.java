package dev.tandem.cuda.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSortedSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommandBranchesTest {

  private static ImmutableSortedSet<Integer> waits(Integer... before) {
    return ImmutableSortedSet.copyOf(before);
  }

  @Test
  void chain_ofThings_isOneStream() {
    CommandBranches branches = CommandBranches.of(List.of(waits(), waits(0), waits(0, 1)), 4);

    assertThat(branches.last()).containsExactly(2);
    assertThat(branches.steps()).allMatch(step -> step.stream() == 0 && step.waits().isEmpty());
  }

  @Test
  void fork_andJoin_waitsOnceForTheOther() {
    CommandBranches branches =
        CommandBranches.of(List.of(waits(), waits(0), waits(0), waits(1, 2), waits(2, 3)), 4);

    assertThat(branches.steps())
        .extracting(CommandBranches.Step::stream)
        .as("the second branch begins where the first goes on")
        .containsExactly(0, 0, 1, 1, 1);
    assertThat(branches.steps())
        .extracting(step -> List.copyOf(step.waits()))
        .containsExactly(List.of(), List.of(), List.of(0), List.of(1), List.of());
    assertThat(branches.awaited()).containsExactly(0, 1, 4);
  }

  @Test
  void streams_areNoMoreThanAllowed() {
    CommandBranches branches = CommandBranches.of(List.of(waits(), waits(), waits(), waits()), 2);

    assertThat(branches.last()).hasSize(2);
  }

  @Test
  void order_ofAnyThings_isThatOfTheirWaits() {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      List<ImmutableSortedSet<Integer>> waits = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        ImmutableSortedSet.Builder<Integer> before = ImmutableSortedSet.naturalOrder();
        for (int j = 0; j < i; j++) {
          if (random.nextInt(8) == 0) {
            before.add(j);
          }
        }
        waits.add(before.build());
      }
      CommandBranches branches = CommandBranches.of(waits, 1 + random.nextInt(4));
      for (int i = 0; i < waits.size(); i++) {
        assertThat(before(branches, i)).containsAll(waits.get(i));
      }
    }
  }

  /** All that is certainly done before a thing, by the order of streams and waits alone. */
  private static List<Integer> before(CommandBranches branches, int thing) {
    List<Integer> found = new ArrayList<>();
    List<Integer> open = new ArrayList<>(List.of(thing));
    while (!open.isEmpty()) {
      int next = open.remove(open.size() - 1);
      List<Integer> direct = new ArrayList<>(branches.steps().get(next).waits());
      for (int i = next - 1; i >= 0; i--) {
        if (branches.steps().get(i).stream() == branches.steps().get(next).stream()) {
          direct.add(i);
          break;
        }
      }
      for (int i : direct) {
        if (!found.contains(i)) {
          found.add(i);
          open.add(i);
        }
      }
    }
    return found;
  }
}
