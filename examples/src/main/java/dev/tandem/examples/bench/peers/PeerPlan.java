package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableList;
import dev.tandem.examples.bench.measure.Task;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What to compare.
 *
 * @param tasks in order
 * @param systems by name; empty for all
 * @param rounds at least 1
 * @param limit of each process
 * @param iterations the most measured steps; slow systems take fewer by themselves
 * @param warmup the most steps before them
 * @param page where the tables go; empty for the source tree's
 */
public record PeerPlan(
    ImmutableList<Task> tasks,
    ImmutableList<String> systems,
    int rounds,
    Duration limit,
    int iterations,
    int warmup,
    Optional<Path> page) {

  /** The names of the systems there are. */
  public static ImmutableList<String> systemNames() {
    return Competitors.all(new Repository(Path.of(""))).stream()
        .map(Competitor::name)
        .collect(ImmutableList.toImmutableList());
  }

  boolean includes(Competitor competitor) {
    return systems.isEmpty() || systems.contains(competitor.name());
  }

  Steps steps(Competitor competitor, Task task) {
    return Steps.of(competitor.pace(), task).atMost(new Steps(iterations, warmup));
  }
}
