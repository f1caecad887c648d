package dev.tandem.core.op.activation;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * (gradient, input of {@link Elu} or {@link Selu}) to the gradient at the input: times 1 where x
 * &gt; 0, else alpha · e^x.
 *
 * @param alpha of the function
 * @param rightAtZero whether the slope at 0 itself is 1, that of the right side, in place of alpha
 */
public record EluGradient(double alpha, boolean rightAtZero) implements Composite {

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(1);
    Value below = ops.scale(ops.exp(Elu.negativePart(ops, x)), alpha);
    Value left = rightAtZero ? ops.step(ops.negate(x)) : not(ops, ops.step(x));
    Value right = rightAtZero ? not(ops, left) : ops.step(x);
    Value slope = ops.add(ops.multiply(left, below), right);
    return List.of(ops.multiply(inputs.get(0), slope));
  }

  private static Value not(Ops ops, Value mask) {
    return ops.shift(ops.negate(mask), 1);
  }

  /** At the gradient the same again; at x, where x &lt; 0, times alpha · e^x. */
  @Override
  public @Nullable List<@Nullable Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value x = back.input(1);
    Value curve = ops.scale(ops.exp(Elu.negativePart(ops, x)), alpha);
    Value bent = ops.multiply(ops.step(ops.negate(x)), curve);
    return Arrays.asList(
        ops.one(this, back.upstream(), x),
        ops.multiply(ops.multiply(back.upstream(), back.input(0)), bent));
  }
}
