package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Dataset;
import java.util.List;

/**
 * A data set under a model's names: its only input is the model's only input, and its only target
 * is that of the only output that is compared with one, whatever they are called. With more than
 * one, names count.
 */
final class Matching {

  private Matching() {}

  /** The same arrays under the names of ports, where there is no choice; as they are elsewhere. */
  static Dataset of(StepInputs ports, Dataset data) {
    List<String> targets =
        data.targets().keySet().stream().filter(name -> !isWeights(name)).toList();
    String input = only(ports.inputs(), data.inputs().keySet().asList());
    String target = only(ports.targets(), targets);
    Dataset.Builder matched = Dataset.builder();
    data.inputs().forEach((name, array) -> matched.input(input.isEmpty() ? name : input, array));
    data.targets()
        .forEach(
            (name, array) -> {
              String own = isWeights(name) ? name.substring(Examples.WEIGHTS.length()) : name;
              String next = !target.isEmpty() && targets.contains(own) ? target : own;
              matched.target(isWeights(name) ? Examples.WEIGHTS + next : next, array);
            });
    return matched.build();
  }

  private static boolean isWeights(String target) {
    return target.startsWith(Examples.WEIGHTS);
  }

  /** The name of the only port for the only array; empty if there are more, or the names agree. */
  private static String only(ImmutableList<StepInput> ports, List<String> names) {
    return ports.size() == 1 && names.size() == 1 ? ports.get(0).name() : "";
  }
}
