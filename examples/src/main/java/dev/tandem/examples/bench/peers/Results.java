package dev.tandem.examples.bench.peers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.MultimapBuilder;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.support.Figures;
import dev.tandem.examples.bench.support.Outcome;
import java.util.List;
import java.util.Optional;

/** All outcomes, by system and workload, in the order of the rounds. */
final class Results {

  /** What stands for this library: the others' times are multiples of the first that ran. */
  private static final ImmutableList<String> REFERENCES = ImmutableList.of("tandem", "tandem+cuda");

  private record Key(String system, Task task) {}

  private final ListMultimap<Key, Outcome> outcomes =
      MultimapBuilder.linkedHashKeys().arrayListValues().build();

  void add(String system, Task task, Outcome outcome) {
    outcomes.put(new Key(system, task), outcome);
  }

  /** What came of a system's rounds on a task; empty if it has not run. */
  ImmutableList<Outcome> of(String system, Task task) {
    return ImmutableList.copyOf(outcomes.get(new Key(system, task)));
  }

  /** The systems that have run, in order. */
  ImmutableList<String> systems() {
    return outcomes.keySet().stream()
        .map(Key::system)
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** The tasks that have run, in order. */
  ImmutableList<Task> tasks() {
    return outcomes.keySet().stream()
        .map(Key::task)
        .distinct()
        .collect(ImmutableList.toImmutableList());
  }

  /** The figures of the rounds that measured. */
  List<Figures> measured(String system, Task task) {
    return of(system, task).stream()
        .filter(Outcome.Measured.class::isInstance)
        .map(outcome -> ((Outcome.Measured) outcome).figures())
        .toList();
  }

  /** The medians over the rounds that measured; empty if none did. */
  Optional<Figures> medians(String system, Task task) {
    List<Figures> rounds = measured(system, task);
    return rounds.isEmpty() ? Optional.empty() : Optional.of(Figures.median(rounds));
  }

  /** A system's time as a multiple of this library's; empty unless both measured. */
  Optional<Double> ratio(String system, Task task) {
    return medians(system, task)
        .flatMap(theirs -> medians(reference(), task).map(own -> theirs.median() / own.median()));
  }

  /** The system that the others' times are multiples of. */
  String reference() {
    ImmutableList<String> systems = systems();
    return REFERENCES.stream().filter(systems::contains).findFirst().orElse(REFERENCES.get(0));
  }

  /** Whether another round of a system on a task can tell more. */
  boolean isSettled(String system, Task task) {
    return of(system, task).stream()
        .anyMatch(
            outcome ->
                outcome instanceof Outcome.Unsupported
                    || outcome instanceof Outcome.Failed failed && failed.isFinal());
  }

  /** Whether every outcome is a measurement or a reasoned refusal. */
  boolean isWithoutFailure() {
    return outcomes.values().stream().noneMatch(Outcome.Failed.class::isInstance);
  }
}
