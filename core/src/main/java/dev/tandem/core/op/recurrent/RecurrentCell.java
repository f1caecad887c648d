package dev.tandem.core.op.recurrent;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The formulas of a recurrence: what one step makes of its input and of the states before it, and
 * the way back. They are written once, here; kernels are held against them.
 */
public sealed interface RecurrentCell permits SimpleCell, LongShortTermCell, GatedCell {

  /** The size of a state. */
  int units();

  /** How many parts of the size of a state a kernel makes. */
  int gates();

  /** How many states it has; the first one is the output. */
  int states();

  /** What a step leaves for the way back besides its states: how many numbers, in units. */
  ImmutableList<Integer> kept();

  /** Whether its bias, if there is one, stands beside the product of the state alone. */
  default boolean hasRecurrentBias() {
    return false;
  }

  /** Its functions: that of new states, and that of gates if it has some. */
  List<CellFunction> functions();

  /** Whether they are the hyperbolic tangent and the logistic function, which kernels know. */
  default boolean isUsual() {
    List<CellFunction> all = functions();
    return CellFunction.isTanh(all.get(0))
        && all.stream().skip(1).allMatch(CellFunction::isSigmoid);
  }

  /**
   * One step.
   *
   * @param x what the kernel, with its bias, makes of the step's input: (batch, gates · units)
   * @param before the states, (batch, units) each; empty for zeros, which saves their arithmetic
   */
  Step step(Ops ops, Value x, List<Value> before, RecurrentWeights weights);

  /**
   * The way back through one step.
   *
   * @param before the states before, zeros too
   * @param kernel of the recurrence
   * @param after what the step left
   * @param upstreams the gradients at the states after
   */
  Back back(Ops ops, List<Value> before, Value kernel, Step after, List<Value> upstreams);

  /**
   * The gradients of the weights of the recurrence, from all steps at once.
   *
   * @param before the first state before each step, (steps, units)
   * @param kept what each step left, (steps, …)
   * @param x the gradients at what the kernel makes, (steps, gates · units)
   */
  default RecurrentWeights weights(Ops ops, Value before, List<Value> kept, Value x) {
    return new RecurrentWeights(ops.matmul(before, x, true, false), null);
  }

  /**
   * What a step leaves.
   *
   * @param states (batch, units) each
   * @param kept as {@link #kept} says
   */
  record Step(List<Value> states, List<Value> kept) {}

  /**
   * Gradients before a step.
   *
   * @param x at what the kernel makes of the step's input
   * @param before at the states before
   */
  record Back(Value x, List<Value> before) {}

  /** A part of what a kernel makes. */
  static Value part(Ops ops, Value z, int index, int units) {
    return ops.slice(z, z.rank() - 1, (long) index * units, units);
  }

  /** The gradient before a function that {@linkplain CellFunction#gradient has one}. */
  static Value slope(Ops ops, CellFunction function, Value upstream, Value output) {
    Op gradient =
        CellFunction.gradient(function)
            .orElseThrow(
                () -> new IllegalStateException(function + " has no gradient by its output"));
    return ops.one(gradient, upstream, output);
  }

  /** x and, if there is a state, its product with the kernel. */
  static Value sum(Ops ops, Value x, List<Value> before, RecurrentWeights weights) {
    @Nullable Value state = before.isEmpty() ? null : before.get(0);
    return state == null ? x : ops.add(x, ops.matmul(state, weights.kernel()));
  }
}
