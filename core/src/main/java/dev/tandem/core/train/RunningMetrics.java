package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.metric.Metric;
import dev.tandem.core.op.LookedProgram;
import dev.tandem.core.op.Program;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Means of losses and results of metrics over many batches. */
final class RunningMetrics {

  /** One metric of one head, with where its arrays come from; without a label it is not ours. */
  private record Judge(
      String output,
      String mask,
      String label,
      Metric.Accumulator accumulator,
      @Nullable StepInput target,
      @Nullable StepInput weights) {}

  /** The losses of a batch that may not be there yet. */
  private record Coming(StepResult result, long batch) {}

  /** The most batches whose losses are waited for later. */
  private static final int MOST = LookedProgram.MOST_REPORTS;

  private final List<Head> heads;
  private final List<Judge> judges = new ArrayList<>();
  private final Deque<Coming> coming = new ArrayDeque<>();
  private final double[] lossSums;
  private boolean weighted;
  private @Nullable INDArray weights;
  private double lossSum;
  private long samples;

  RunningMetrics(List<Head> heads, StepInputs ports) {
    this.heads = heads;
    this.lossSums = new double[heads.size()];
    for (Head head : heads) {
      for (Metric metric : head.metrics()) {
        judge(head, Reported.metric(heads, head, metric), metric.accumulator(), ports);
      }
    }
  }

  private void judge(Head head, String label, Metric.Accumulator accumulator, StepInputs ports) {
    judges.add(
        new Judge(
            StepInputNames.output(head.name()),
            StepInputNames.mask(head.name()),
            label,
            accumulator,
            find(ports.targets(), head),
            find(ports.weights(), head)));
  }

  /**
   * Lets accumulators of others judge outputs too; nothing is reported of them.
   *
   * @param others by output
   * @throws IllegalArgumentException if there is no such output, or it is compared with nothing
   */
  void judgeBy(Map<String, Metric.Accumulator> others, StepInputs ports) {
    others.forEach(
        (output, accumulator) -> {
          Head head =
              heads.stream()
                  .filter(one -> one.name().equals(output))
                  .findFirst()
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              ports.model()
                                  + " has no output \""
                                  + output
                                  + "\" to judge; it has "
                                  + heads.stream().map(Head::name).toList()));
          if (!head.needsTarget()) {
            throw new IllegalArgumentException(
                ports.model()
                    + " compares its output \""
                    + output
                    + "\" with no target, so there is nothing to judge it by; give it a loss with"
                    + " a target, or a metric");
          }
          judge(head, "", accumulator, ports);
        });
  }

  private static @Nullable StepInput find(ImmutableList<StepInput> ports, Head head) {
    return ports.stream().filter(port -> port.name().equals(head.name())).findFirst().orElse(null);
  }

  /** Lets the metrics of the next batch have these weights, or none, whatever its loss has. */
  void weighBy(@Nullable INDArray sampleWeights) {
    weighted = true;
    weights = sampleWeights;
  }

  /** Whether there are metrics, which look at what the program of each batch made. */
  boolean wantsOutputs() {
    return !judges.isEmpty();
  }

  /** Whether outputs may be asked for that no metric of the recipe judges. */
  boolean wantsAllOutputs() {
    return judges.stream().anyMatch(judge -> judge.label().isEmpty());
  }

  /** Adds a batch that a program has just been run on, or was asked for if losses are all. */
  void add(StepResult result, Program program, ValidatedExamples checked) {
    coming.add(new Coming(result, Math.max(1, checked.batch())));
    while (!coming.isEmpty() && (coming.getFirst().result().isThere() || coming.size() > MOST)) {
      sum(coming.remove());
    }
    for (Judge judge : judges) {
      INDArray prediction = program.output(judge.output());
      judge
          .accumulator()
          .add(
              Objects.requireNonNull(checked.get(judge.target())),
              prediction,
              StepWeights.of(
                  weighted ? weights : checked.get(judge.weights()),
                  program.graph().outputs().containsKey(judge.mask())
                      ? program.output(judge.mask())
                      : null));
    }
  }

  /** How many samples there were. */
  long samples() {
    return samples;
  }

  private void sum(Coming next) {
    samples += next.batch();
    lossSum += next.result().loss() * next.batch();
    for (int i = 0; i < lossSums.length; i++) {
      Double loss = next.result().losses().get(heads.get(i).name());
      lossSums[i] += loss == null ? 0 : loss * next.batch();
    }
  }

  /** {@code loss}, the loss of each output if there are several, and the metrics. */
  ImmutableMap<String, Double> results() {
    if (!coming.isEmpty()) {
      coming.getLast().result().loss(); // one wait for all
    }
    while (!coming.isEmpty()) {
      sum(coming.remove());
    }
    Map<String, Double> results = new LinkedHashMap<>();
    results.put(Reported.LOSS, lossSum / samples);
    for (int i = 0; i < lossSums.length && heads.size() > 1; i++) {
      if (heads.get(i).loss() != null) {
        results.put(Reported.loss(heads.get(i)), lossSums[i] / samples);
      }
    }
    results.putAll(metrics());
    return ImmutableMap.copyOf(results);
  }

  /** The metrics alone. */
  ImmutableMap<String, Double> metrics() {
    ImmutableMap.Builder<String, Double> metrics = ImmutableMap.builder();
    judges.stream()
        .filter(judge -> !judge.label().isEmpty())
        .forEach(judge -> metrics.put(judge.label(), judge.accumulator().result()));
    return metrics.buildOrThrow();
  }
}
