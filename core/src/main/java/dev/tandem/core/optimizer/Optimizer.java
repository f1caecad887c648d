package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/**
 * A rule by which a gradient moves a weight: a recipe, written in ops so that updates run inside
 * the plan.
 *
 * <p>Numbers that change from step to step (the rate, bias corrections) are computed by {@link
 * #scalars} in float64 and given to the plan as scalars.
 *
 * <p>In the formulas of the implementations w is the weight, g its gradient and t the step, counted
 * from 1; what stands without t is a slot.
 */
public interface Optimizer {

  /** The learning rate over the steps. */
  Schedule rate();

  /** The slots of each weight: arrays of its shape. */
  List<Slot> slots();

  /** The names of the numbers that change from step to step; the rate alone unless overridden. */
  default List<String> scalarNames() {
    return List.of("rate");
  }

  /**
   * The numbers of one step; the rate alone unless overridden. Slots may be younger than the
   * trainer, if their weights were selected by compiling again: corrections of averages that began
   * at 0 follow {@code count}, schedules follow {@code step}.
   *
   * @param step of the trainer, counted from 1
   * @param count of the updates that the slots have seen, this one included: at most {@code step}
   * @param rate of this step
   * @param into takes them, in the order of {@link #scalarNames()}
   */
  default void scalars(long step, long count, double rate, double[] into) {
    into[0] = rate;
  }

  /**
   * Writes the update of one weight.
   *
   * @param slots in the order of {@link #slots()}
   * @param scalars in the order of {@link #scalarNames()}, of the weight's type
   * @return the new weight and then the new slots
   */
  List<Value> update(Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars);

  /**
   * The optimizer of biases and of the scales and shifts of norms: this one unless overridden, as
   * by {@link AdamW}, which does not let them decay. It has the same slots and the same rate.
   */
  default Optimizer ofBiasesAndNorms() {
    return this;
  }

  /**
   * An array that an optimizer keeps for each weight.
   *
   * @param name as in {@code momentum}
   * @param initial its first value everywhere
   */
  record Slot(String name, double initial) {}
}
