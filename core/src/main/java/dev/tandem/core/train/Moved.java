package dev.tandem.core.train;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.op.Variable;
import dev.tandem.core.optimizer.Optimizer;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A weight that a trainer moves, with what the trainer keeps for it.
 *
 * @param weight what moves
 * @param gradient where the first half of a step leaves the gradient
 * @param slots the optimizer's memory
 */
record Moved(Weight weight, Variable gradient, ImmutableList<Variable> slots) {

  static Moved of(Weight weight, Optimizer optimizer) {
    return new Moved(
        weight,
        filled(weight, "gradient", 0),
        optimizer.slots().stream()
            .map(slot -> filled(weight, slot.name(), slot.initial()))
            .collect(ImmutableList.toImmutableList()));
  }

  static Variable filled(Weight weight, String name, double value) {
    return new Variable(
        weight.path() + "#" + name,
        weight.spec(),
        () ->
            Nd4j.createUninitialized(
                    weight.spec().dtype(), weight.spec().shape().toArray(), 'c')
                .assign(value));
  }
}
