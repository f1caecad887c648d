package dev.tandem.core.optimizer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/**
 * How a gradient moves a weight: a recipe, written in ops so that updates run inside the plan.
 *
 * <p>Numbers that change from step to step (the rate, bias corrections) are computed by {@link
 * #scalars(long, double, double[])} in float64 and given to the plan as scalars.
 *
 * <p>In the formulas of the implementations w is the weight, g its gradient and t the step, counted
 * from 1; what stands without t is a slot.
 */
public interface Optimizer {

  /** The learning rate over the steps. */
  Schedule rate();

  /** What is remembered of each weight: arrays of its shape. */
  List<Slot> slots();

  /** The names of the numbers that change from step to step; the rate alone unless overridden. */
  default List<String> scalars() {
    return List.of("rate");
  }

  /**
   * The numbers of one step.
   *
   * @param step counted from 1
   * @param rate of this step
   * @param into takes them, in the order of {@link #scalars()}
   */
  default void scalars(long step, double rate, double[] into) {
    into[0] = rate;
  }

  /**
   * The numbers of one step, for weights whose slots may be younger than the trainer: those that
   * were selected by compiling again. Corrections of averages that began at 0 follow the slots,
   * schedules follow the trainer; an optimizer with a schedule besides its rate has to tell them
   * apart here.
   *
   * @param step of the trainer, counted from 1
   * @param count of the updates that the slots have seen, this one included: at most {@code step}
   * @param rate of this step
   * @param into takes them, in the order of {@link #scalars()}
   */
  default void scalars(long step, long count, double rate, double[] into) {
    scalars(count, rate, into);
  }

  /**
   * Writes the update of one weight.
   *
   * @param slots in the order of {@link #slots()}
   * @param scalars in the order of {@link #scalars()}, of the weight's type
   * @return the new weight and then the new slots
   */
  List<Value> update(Ops ops, Value weight, Value gradient, List<Value> slots, List<Value> scalars);

  /**
   * An array that an optimizer keeps for each weight.
   *
   * @param name as in {@code momentum}
   * @param initial its first value everywhere
   */
  record Slot(String name, double initial) {}
}
