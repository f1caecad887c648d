package dev.tandem.core.train;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.worker.WorkerException;
import dev.tandem.core.worker.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What workers exchange between the halves of a step: gradients, next states and losses become
 * their means.
 */
final class StepExchange {

  private final Model model;
  private final Workers workers;
  private final List<TrainedWeight> moved;
  private final Map<Weight, Variable> pending;
  private float[] floats = {};
  private double[] doubles = {};

  /**
   * What a trainer exchanges.
   *
   * @param pending where next values of state are left: a live map, which only grows
   */
  StepExchange(
      Model model, Workers workers, List<TrainedWeight> moved, Map<Weight, Variable> pending) {
    this.model = model;
    this.workers = workers;
    this.moved = moved;
    this.pending = pending;
  }

  boolean isOfSeveral() {
    return workers.count() > 1;
  }

  /** The seed of a part of a step: each part of each worker has random numbers of its own. */
  long seed(long ofSteps, int parts) {
    int part = parts * workers.count() + workers.rank();
    return part == 0 ? ofSteps : CounterRandom.of(ofSteps, part).key();
  }

  /**
   * Replaces what the first half made by the means over all workers.
   *
   * @param states whose next values it made
   * @param samples that this worker made it of
   * @param result of this worker's first half
   * @return the same with the mean losses
   * @throws WorkerException if another worker failed, or is somewhere else
   */
  StepResult mean(ImmutableSet<Weight> states, long samples, StepResult result) {
    List<Variable> variables = new ArrayList<>();
    moved.forEach(one -> variables.add(one.gradient()));
    states.forEach(state -> variables.add(Objects.requireNonNull(pending.get(state))));
    List<Double> losses = new ArrayList<>(result.losses().values());
    int wide = 2 + losses.size();
    int slim = 0;
    for (Variable variable : variables) {
      long length = variable.spec().shape().length();
      slim += variable.spec().dtype() == DataType.FLOAT ? Math.toIntExact(length) : 0;
      wide += variable.spec().dtype() == DataType.DOUBLE ? Math.toIntExact(length) : 0;
    }
    floats = floats.length == slim ? floats : new float[slim];
    doubles = doubles.length == wide ? doubles : new double[wide];
    copy(variables, true);
    int at = wide - losses.size() - 2;
    doubles[at] = result.step();
    doubles[at + 1] = result.loss();
    for (int i = 0; i < losses.size(); i++) {
      doubles[at + 2 + i] = losses.get(i);
    }
    workers.mean(floats, doubles, samples);
    if (doubles[at] != result.step()) {
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
    copy(variables, false);
    Map<String, Double> means = new LinkedHashMap<>();
    int i = at + 2;
    for (String head : result.losses().keySet()) {
      means.put(head, doubles[i++]);
    }
    return new StepResult(
        result.step(), new StepResult.Losses(doubles[at + 1], ImmutableMap.copyOf(means)));
  }

  /** Copies all numbers from variables, or back into them. */
  private void copy(List<Variable> variables, boolean out) {
    int slim = 0;
    int wide = 0;
    for (Variable variable : variables) {
      INDArray array = out ? variable.read() : variable.write();
      int length = Math.toIntExact(array.length());
      if (array.dataType() == DataType.FLOAT) {
        FloatPointer memory = new FloatPointer(array.data().addressPointer());
        if (out) {
          memory.get(floats, slim, length);
        } else {
          memory.put(floats, slim, length);
        }
        slim += length;
      } else if (array.dataType() == DataType.DOUBLE) {
        DoublePointer memory = new DoublePointer(array.data().addressPointer());
        if (out) {
          memory.get(doubles, wide, length);
        } else {
          memory.put(doubles, wide, length);
        }
        wide += length;
      }
    }
  }

  /** Means over all workers of numbers that they report. */
  ImmutableMap<String, Double> means(Map<String, Double> mine, long samples) {
    if (!isOfSeveral()) {
      return ImmutableMap.copyOf(mine);
    }
    double[] numbers = mine.values().stream().mapToDouble(Double::doubleValue).toArray();
    workers.mean(new float[0], numbers, samples);
    ImmutableMap.Builder<String, Double> means = ImmutableMap.builder();
    int i = 0;
    for (String name : mine.keySet()) {
      means.put(name, numbers[i++]);
    }
    return means.buildOrThrow();
  }
}
