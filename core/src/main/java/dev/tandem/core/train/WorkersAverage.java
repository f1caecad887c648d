package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Variable;
import dev.tandem.core.worker.VariableMeans;
import dev.tandem.core.worker.Workers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The mean, over workers, of all that trainers hold: weights and state that they move, and the
 * slots of their optimizers. Afterwards all workers hold the same, to the bit. Memory of which a
 * mean is none is handed to all instead.
 */
public final class WorkersAverage {

  private final Workers workers;
  private final ImmutableList<Variable> variables;
  private final ImmutableList<Weight> memories;
  private final VariableMeans numbers;

  private WorkersAverage(Workers workers, Set<Variable> variables, Set<Weight> memories) {
    this.workers = workers;
    this.numbers = workers.means();
    this.variables = ImmutableList.copyOf(variables);
    this.memories = ImmutableList.copyOf(memories);
  }

  /**
   * The mean of what trainers and models hold, each array once.
   *
   * @param trainers like those of other workers
   * @param models all of whose weights are meant, such as averages
   */
  public static WorkersAverage of(Workers workers, List<Trainer> trainers, List<Model> models) {
    Set<Variable> variables = new LinkedHashSet<>();
    Set<Weight> memories = new LinkedHashSet<>();
    for (Trainer trainer : trainers) {
      add(trainer.snapshot(), trainer.moved(), variables, memories);
    }
    models.forEach(model -> model.weights().forEach(weight -> variables.add(weight.variable())));
    return new WorkersAverage(workers, variables, memories);
  }

  static WorkersAverage of(Workers workers, Snapshot snapshot, List<TrainedWeight> moved) {
    Set<Variable> variables = new LinkedHashSet<>();
    Set<Weight> memories = new LinkedHashSet<>();
    add(snapshot, moved, variables, memories);
    return new WorkersAverage(workers, variables, memories);
  }

  private static void add(
      Snapshot snapshot, List<TrainedWeight> moved, Set<Variable> variables, Set<Weight> memories) {
    for (TrainedWeight one : moved) {
      variables.add(one.weight().variable());
      variables.addAll(one.slots());
    }
    ImmutableSet<Weight> states = snapshot.movedState();
    for (Weight state : states) {
      if (PartMemory.isMemory(state)) {
        memories.add(state);
      } else {
        variables.add(state.variable());
      }
    }
  }

  /**
   * Takes the mean, by the number of workers.
   *
   * @param results of this worker's last steps
   * @return the same with the means of their losses
   * @throws dev.tandem.core.worker.WorkerException if another worker failed
   */
  @CanIgnoreReturnValue
  public ImmutableList<StepResult> take(List<StepResult> results) {
    List<Double> losses = new ArrayList<>();
    for (StepResult result : results) {
      losses.add(result.loss());
      losses.addAll(result.losses().values());
    }
    double[] means = losses.stream().mapToDouble(Double::doubleValue).toArray();
    numbers.take(variables, means, 1);
    variables.forEach(Variable::announceChange);
    if (!memories.isEmpty()) {
      handOn();
    }
    return replaced(results, means);
  }

  private static ImmutableList<StepResult> replaced(List<StepResult> results, double[] means) {
    ImmutableList.Builder<StepResult> replaced = ImmutableList.builder();
    int at = 0;
    for (StepResult result : results) {
      double loss = means[at++];
      ImmutableMap.Builder<String, Double> heads = ImmutableMap.builder();
      for (String head : result.losses().keySet()) {
        heads.put(head, means[at++]);
      }
      replaced.add(
          new StepResult(result.step(), new StepResult.Losses(loss, heads.buildOrThrow())));
    }
    return replaced.build();
  }

  private void handOn() {
    MemoryBytes bytes = new MemoryBytes(workers);
    for (Weight memory : memories) {
      int count = workers.count();
      for (int first = 0; first + workers.rank() < memory.parts(); first += count) {
        bytes.add(memory, first, memory.part(first + workers.rank()).values());
      }
    }
    bytes.gather().forEach(Variable::set);
  }
}
