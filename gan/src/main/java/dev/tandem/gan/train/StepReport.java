package dev.tandem.gan.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.train.StepResult;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The report of a step of one side: its numbers are read when they are asked for.
 *
 * @param parts the results of its batches; none if there was no step
 */
record StepReport(ImmutableList<StepResult> parts) {

  /** No step. */
  static final StepReport NONE = new StepReport(ImmutableList.of());

  /** The mean loss over the batches; NaN if there was no step. */
  double loss() {
    double sum = 0;
    for (StepResult part : parts) {
      sum += part.loss();
    }
    return sum / parts.size();
  }

  /** The numbers that the step's model gives beside its loss, by name: means over the batches. */
  ImmutableMap<String, Double> others() {
    Map<String, Double> sums = new LinkedHashMap<>();
    for (StepResult part : parts) {
      part.losses().entrySet().stream()
          .skip(1) // the loss itself
          .forEach(one -> sums.merge(one.getKey(), one.getValue() / parts.size(), Double::sum));
    }
    return ImmutableMap.copyOf(sums);
  }
}
