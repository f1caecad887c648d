package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Variable;
import dev.tandem.core.worker.Workers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The memory that a model hands on from step to step: each part of a step, over all workers, has
 * its own, which its first half reads and an update replaces.
 *
 * <p>One process alone makes the first part of a step in the weight itself. All other parts are
 * made in a place that all of them read, to which the memory of each is brought before.
 */
final class PartMemory {

  private final ImmutableList<Weight> weights;
  private final Workers workers;
  private final ImmutableMap<Variable, Variable> places;

  /** The next values that parts of this step have left, by the part in this process. */
  private final List<Map<Weight, INDArray>> next = new ArrayList<>();

  /** The memory of a model. */
  PartMemory(Model model, Workers workers) {
    this.workers = workers;
    this.weights =
        model.weights().stream()
            .filter(PartMemory::isMemory)
            .collect(ImmutableList.toImmutableList());
    ImmutableMap.Builder<Variable, Variable> all = ImmutableMap.builder();
    weights.forEach(w -> all.put(w.variable(), TrainedWeight.filled(w, "memory", 0)));
    this.places = all.buildOrThrow();
  }

  static boolean isMemory(Weight weight) {
    return weight.kind() == Weight.Kind.MEMORY;
  }

  boolean isEmpty() {
    return weights.isEmpty();
  }

  /** Whether a part of a step in this process is made elsewhere than in the weights. */
  boolean isElsewhere(int part) {
    return !isEmpty() && (part > 0 || workers.count() > 1);
  }

  /** The number of a part of this process in the step, over all workers. */
  int number(int part) {
    return part * workers.count() + workers.rank();
  }

  /** Where the first part reads, in place of the weights. */
  Map<Variable, Variable> whereFirstReads() {
    return workers.count() > 1 ? places : ImmutableMap.of();
  }

  /** Where other parts read, in place of the weights. */
  Map<Variable, Variable> whereOthersRead() {
    return places;
  }

  /** Forgets what parts of a step have left. */
  void clear() {
    next.clear();
  }

  /**
   * Brings the memory of a part to where it reads.
   *
   * @param pending where the part before has left next values
   */
  void begin(int part, Map<Weight, Variable> pending, ImmutableSet<Weight> written) {
    if (part == 1 && next.isEmpty()) {
      keep(pending, written); // those of the first part, made in the weights
    }
    for (Weight weight : weights) {
      Variable place = Objects.requireNonNull(places.get(weight.variable()));
      place.arrayToFill().assign(weight.part(number(part)).read());
    }
  }

  /**
   * Keeps the next values that a part has left.
   *
   * @param pending where it has left them
   */
  void keep(Map<Weight, Variable> pending, ImmutableSet<Weight> written) {
    Map<Weight, INDArray> values = new LinkedHashMap<>();
    for (Weight weight : weights) {
      if (written.contains(weight)) {
        values.put(weight, Objects.requireNonNull(pending.get(weight)).values());
      }
    }
    next.add(values);
  }

  /**
   * The state that an update is to replace: all but the memory that was kept here.
   *
   * @param parts the number of parts of the step in this process
   */
  ImmutableSet<Weight> withoutKept(ImmutableSet<Weight> states, int parts) {
    return isElsewhere(parts - 1)
        ? states.stream().filter(state -> !isMemory(state)).collect(ImmutableSet.toImmutableSet())
        : states;
  }

  /** The next values that were kept, by the memory that is to have them. */
  Map<Variable, INDArray> kept() {
    if (next.isEmpty()) {
      return Map.of();
    }
    Map<Variable, INDArray> all = new LinkedHashMap<>();
    for (int part = 0; part < next.size(); part++) {
      int number = number(part);
      next.get(part).forEach((weight, values) -> all.put(weight.part(number), values));
    }
    return all;
  }

  /** Those of all workers, each of which has made as many parts. */
  Map<Variable, INDArray> keptByAll() {
    if (isEmpty() || next.stream().allMatch(Map::isEmpty)) {
      return Map.of();
    }
    MemoryBytes bytes = new MemoryBytes(workers);
    for (int part = 0; part < next.size(); part++) {
      int first = part * workers.count();
      next.get(part).forEach((weight, values) -> bytes.add(weight, first, values));
    }
    return bytes.gather();
  }

  /** Gives the memory of the places back. */
  void free() {
    places.values().forEach(Variable::free);
  }
}
