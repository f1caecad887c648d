package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableList;
import dev.tandem.examples.bench.measure.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What to compare.
 *
 * @param onCard whether steps run on an NVIDIA card
 * @param tasks in order
 * @param systems by name; empty for all
 * @param rounds at least 1
 * @param limit of each process
 * @param iterations the most measured steps; slow systems take fewer by themselves
 * @param warmup the most steps before them
 * @param page where the tables go; empty for the source tree's
 */
public record PeerPlan(
    boolean onCard,
    ImmutableList<Task> tasks,
    ImmutableList<String> systems,
    int rounds,
    Duration limit,
    int iterations,
    int warmup,
    Optional<Path> page) {

  /**
   * The names of the systems there are.
   *
   * @param onCard whether steps run on an NVIDIA card
   */
  public static ImmutableList<String> systemNames(boolean onCard) {
    Repository nowhere = new Repository(Path.of(""));
    return (onCard ? CardPeers.all(nowhere, "") : Competitors.all(nowhere))
        .stream().map(Peer::name).collect(ImmutableList.toImmutableList());
  }

  boolean includes(Peer competitor) {
    return systems.isEmpty() || systems.contains(competitor.name());
  }

  Steps steps(Peer competitor, Task task) {
    return Steps.of(competitor.pace(), task).atMost(new Steps(iterations, warmup));
  }
}
