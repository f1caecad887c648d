package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import com.google.common.primitives.Longs;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.worker.Exchange;
import dev.tandem.core.worker.VariableMeans;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.core.worker.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What workers exchange between the halves of a step: gradients, next states and losses become
 * their means. Of several parts, each is added to the mean of those before it, in the order of the
 * workers: the first one adds its own as it computes it, and the mean of all goes on from there.
 */
final class StepExchange {

  private final Model model;
  private final Workers workers;
  private final Exchange way;
  private final List<TrainedWeight> moved;
  private final Map<Weight, Variable> pending;
  private final VariableMeans numbers;

  /** The samples of all workers in the parts of the step that are in the mean. */
  private long before;

  /** The losses of these parts. */
  private double @Nullable [] soFar;

  /**
   * What a trainer exchanges.
   *
   * @param pending where next values of state are left: a live map, which only grows
   */
  StepExchange(
      Model model,
      Workers workers,
      Exchange way,
      List<TrainedWeight> moved,
      Map<Weight, Variable> pending) {
    this.model = model;
    this.workers = workers;
    this.numbers = workers.means();
    this.way = way;
    this.moved = moved;
    this.pending = pending;
  }

  /** Whether there are others, with which each step is made. */
  boolean isOfSeveral() {
    return workers.count() > 1 && way.isEveryStep();
  }

  /** Whether a later part of a step is added to the mean so far as it is computed. */
  boolean addsAsItComputes() {
    return !isOfSeveral() || workers.rank() == 0;
  }

  /** The seed of a part of a step: each part of each worker has random numbers of its own. */
  static long seed(long ofSteps, int number) {
    return number == 0 ? ofSteps : CounterRandom.of(ofSteps, number).key();
  }

  /** Begins a step. */
  void clear() {
    before = 0;
    soFar = null;
  }

  /**
   * Takes the mean after a part which is not the last one.
   *
   * @param samples that this worker made it of
   * @return the samples of all parts of all workers so far
   */
  long meanSoFar(Set<Weight> states, long samples, StepResult result) {
    double[] losses = means(states, samples, result);
    soFar = losses;
    for (byte[] one : workers.gather(Longs.toByteArray(samples))) {
      before += Longs.fromByteArray(one);
    }
    return before;
  }

  /**
   * Replaces what first halves made by the means over all workers.
   *
   * @param states whose next values they made
   * @param samples that this worker made the last part of
   * @param result of this worker's last part
   * @return the same with the mean losses of all parts
   * @throws WorkerException if another worker failed, or is somewhere else
   */
  StepResult mean(Set<Weight> states, long samples, StepResult result) {
    double[] losses = means(states, samples, result);
    Map<String, Double> heads = new LinkedHashMap<>();
    int i = 2;
    for (String head : result.losses().keySet()) {
      heads.put(head, losses[i++]);
    }
    return new StepResult(
        result.step(), new StepResult.Losses(losses[1], ImmutableMap.copyOf(heads)));
  }

  private double[] means(Set<Weight> states, long samples, StepResult result) {
    List<Variable> variables = new ArrayList<>();
    moved.forEach(one -> variables.add(one.gradient()));
    states.forEach(state -> variables.add(Objects.requireNonNull(pending.get(state))));
    double[] losses = new double[2 + result.losses().size()];
    losses[0] = result.step();
    losses[1] = result.loss();
    int i = 2;
    for (double loss : result.losses().values()) {
      losses[i++] = loss;
    }
    boolean adds = before > 0 && addsAsItComputes();
    if (adds && soFar != null) {
      double share = 1 - (double) before / (before + samples);
      for (i = 1; i < losses.length; i++) {
        losses[i] = soFar[i] + (losses[i] - soFar[i]) * share;
      }
    }
    numbers.take(variables, losses, adds ? before + samples : samples);
    if (losses[0] != result.step()) {
      throw new WorkerException(
          workers.rank(),
          "worker "
              + workers.rank()
              + " is at step "
              + result.step()
              + " of "
              + model
              + ", and others are not; restore the same checkpoint on all, and let all make the"
              + " same steps",
          null);
    }
    return losses;
  }

  /** Means over all workers of numbers that they report. */
  ImmutableMap<String, Double> means(Map<String, Double> mine, long samples) {
    if (workers.count() == 1 || mine.isEmpty()) {
      return ImmutableMap.copyOf(mine);
    }
    double[] reported = mine.values().stream().mapToDouble(Double::doubleValue).toArray();
    workers.mean(new float[0], reported, samples);
    ImmutableMap.Builder<String, Double> means = ImmutableMap.builder();
    int i = 0;
    for (String name : mine.keySet()) {
      means.put(name, reported[i++]);
    }
    return means.buildOrThrow();
  }
}
