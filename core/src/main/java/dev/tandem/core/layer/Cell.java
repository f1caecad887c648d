package dev.tandem.core.layer;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The formulas of a recurrent layer: what one step makes of its input and of the states before it.
 * A state that is null is one of zeros, which saves its arithmetic.
 */
sealed interface Cell {

  /** How many parts of the size of a state a kernel makes. */
  int gates();

  /** How many states it has; the first one is the output. */
  int states();

  /**
   * One step.
   *
   * @param x what the kernel, with its bias, makes of the step's input: (batch, gates · units)
   * @param before the states, (batch, units) each; empty for zeros
   * @param weights of the recurrence
   * @return the next states
   */
  List<Value> step(Ops ops, Value x, List<Value> before, Weights weights);

  /**
   * The weights of a recurrence in a call.
   *
   * @param kernel (units, gates · units)
   * @param bias (gates · units) of what the kernel makes, if it has one of its own
   */
  record Weights(Value kernel, @Nullable Value bias) {}

  private static Value part(Ops ops, Value z, int index, int units) {
    return ops.slice(z, z.rank() - 1, (long) index * units, units);
  }

  /** {@code h ← φ(x + h · R)}. */
  record Simple(int units, Activation activation) implements Cell {

    @Override
    public int gates() {
      return 1;
    }

    @Override
    public int states() {
      return 1;
    }

    @Override
    public List<Value> step(Ops ops, Value x, List<Value> before, Weights weights) {
      Value z = before.isEmpty() ? x : ops.add(x, ops.matmul(before.get(0), weights.kernel()));
      return List.of(activation.apply(ops, z));
    }
  }

  /**
   * With gates in the order input, forget, cell, output: {@code z = x + h · R; c ← σ(forget) · c +
   * σ(input) · φ(cell); h ← σ(output) · φ(c)}.
   */
  record LongShortTerm(int units, Activation activation, Activation gate) implements Cell {

    @Override
    public int gates() {
      return 4;
    }

    @Override
    public int states() {
      return 2;
    }

    @Override
    public List<Value> step(Ops ops, Value x, List<Value> before, Weights weights) {
      Value z = before.isEmpty() ? x : ops.add(x, ops.matmul(before.get(0), weights.kernel()));
      Value candidate = activation.apply(ops, part(ops, z, 2, units));
      Value added = ops.multiply(gate.apply(ops, part(ops, z, 0, units)), candidate);
      Value cell =
          before.isEmpty()
              ? added
              : ops.add(
                  ops.multiply(gate.apply(ops, part(ops, z, 1, units)), before.get(1)), added);
      Value output = gate.apply(ops, part(ops, z, 3, units));
      return List.of(ops.multiply(output, activation.apply(ops, cell)), cell);
    }
  }

  /**
   * With gates in the order update, reset, candidate: {@code u = σ(x + h · R)} of the first part,
   * {@code r} of the second, and of the third {@code c = φ(x + r · (h · R + b))} if reset comes
   * after the product, else {@code c = φ(x + (r · h) · R)}; {@code h ← u · h + (1 - u) · c}.
   *
   * @param resetAfter whether reset comes after the product with the recurrent kernel
   */
  record Gated(int units, Activation activation, Activation gate, boolean resetAfter)
      implements Cell {

    @Override
    public int gates() {
      return 3;
    }

    @Override
    public int states() {
      return 1;
    }

    @Override
    public List<Value> step(Ops ops, Value x, List<Value> before, Weights weights) {
      Value state = before.isEmpty() ? null : before.get(0);
      Value inner = resetAfter ? inner(ops, state, weights) : gates(ops, state, weights);
      Value update = gate.apply(ops, sum(ops, x, inner, 0));
      Value candidate = part(ops, x, 2, units);
      if (inner != null) {
        Value reset = gate.apply(ops, sum(ops, x, inner, 1));
        candidate = ops.add(candidate, remembered(ops, state, inner, reset, weights));
      }
      candidate = activation.apply(ops, candidate);
      Value taken = ops.multiply(ops.shift(ops.negate(update), 1), candidate);
      return List.of(state == null ? taken : ops.add(ops.multiply(update, state), taken));
    }

    private Value remembered(
        Ops ops, @Nullable Value state, Value inner, Value reset, Weights weights) {
      if (resetAfter || state == null) {
        return ops.multiply(reset, part(ops, inner, 2, units));
      }
      return ops.matmul(ops.multiply(reset, state), part(ops, weights.kernel(), 2, units));
    }

    /** h · R + b for all three parts; null where both are none. */
    private static @Nullable Value inner(Ops ops, @Nullable Value state, Weights weights) {
      Value bias = weights.bias();
      Value row = bias == null ? null : ops.reshape(bias, 1, bias.shape().length());
      if (state == null) {
        return row;
      }
      Value product = ops.matmul(state, weights.kernel());
      return row == null ? product : ops.add(product, row);
    }

    /** h · R for both gates; null without a state. */
    private @Nullable Value gates(Ops ops, @Nullable Value state, Weights weights) {
      return state == null
          ? null
          : ops.matmul(state, ops.slice(weights.kernel(), 1, 0, 2L * units));
    }

    private Value sum(Ops ops, Value x, @Nullable Value inner, int index) {
      Value of = part(ops, x, index, units);
      return inner == null ? of : ops.add(of, part(ops, inner, index, units));
    }
  }
}
