package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.backend.Backend;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Snapshot;
import dev.tandem.core.op.Variable;
import dev.tandem.core.optimizer.Optimizer;
import dev.tandem.core.tensor.OwnedArrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A weight that a trainer moves, with what the trainer keeps for it.
 *
 * @param weight what moves
 * @param path of the weight in the trained model
 * @param gradient where the first half of a step leaves the gradient
 * @param slots the optimizer's memory, in its order
 */
record TrainedWeight(Weight weight, String path, Variable gradient, ImmutableList<Variable> slots) {

  /** The weights of a snapshot, with nothing remembered. */
  static ImmutableList<TrainedWeight> anew(Snapshot snapshot, UpdateRules rules) {
    Map<Weight, String> paths = paths(snapshot);
    return snapshot.moved().stream()
        .map(weight -> of(weight, Objects.requireNonNull(paths.get(weight)), rules))
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * The weights of a snapshot, with what was remembered of them.
   *
   * @param before what was kept until now
   * @param last the rules until now
   * @throws IllegalArgumentException if the optimizers of a weight keep different things
   */
  static ImmutableList<TrainedWeight> again(
      Snapshot snapshot, UpdateRules rules, List<TrainedWeight> before, UpdateRules last) {
    Map<Weight, TrainedWeight> known = new HashMap<>();
    before.forEach(m -> known.put(m.weight(), m));
    for (Weight weight : snapshot.moved()) {
      if (known.containsKey(weight)) {
        requireSameSlots(snapshot, last.of(weight).optimizer(), rules.of(weight).optimizer());
      }
    }
    return anew(snapshot, rules).stream()
        .map(m -> known.getOrDefault(m.weight(), m))
        .collect(ImmutableList.toImmutableList());
  }

  private static void requireSameSlots(Snapshot snapshot, Optimizer last, Optimizer next) {
    if (!last.slots().equals(next.slots())) {
      throw new IllegalArgumentException(
          snapshot.model()
              + " was trained with "
              + last
              + ", and "
              + next
              + " cannot go on from what that remembers; compile the model to start anew");
    }
  }

  private static Map<Weight, String> paths(Snapshot snapshot) {
    Map<Weight, String> paths = new HashMap<>();
    snapshot.model().weightsByPath().forEach((path, weight) -> paths.put(weight, path));
    return paths;
  }

  private static TrainedWeight of(Weight weight, String path, UpdateRules rules) {
    return new TrainedWeight(
        weight,
        path,
        filled(weight, "gradient", 0),
        rules.of(weight).optimizer().slots().stream()
            .map(slot -> filled(weight, slot.name(), slot.initial()))
            .collect(ImmutableList.toImmutableList()));
  }

  /** A variable like a weight, of one number everywhere. */
  static Variable filled(Weight weight, String name, double value) {
    Backend.require();
    return new Variable(
        weight.path() + "#" + name,
        weight.spec(),
        () -> OwnedArrays.create(weight.spec()).assign(value));
  }

  /** Gives the memory of what the trainer keeps back, not that of the weight. */
  void free() {
    gradient.free();
    slots.forEach(Variable::free);
  }
}
