package dev.tandem.core.op.loss;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The binary cross entropy of targets z in [0, 1] under sigmoid(x), elementwise: from (logits x,
 * targets z) to max(x, 0) - x · z + log(1 + e^-|x|), which does not overflow.
 */
public record SigmoidCrossEntropy() implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    if (!inputs.get(0).equals(inputs.get(1))) {
      throw new IllegalArgumentException(
          "sigmoid_cross_entropy of logits " + inputs.get(0) + " and targets " + inputs.get(1));
    }
    return List.of(inputs.get(0));
  }

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    return List.of(ops.subtract(ActivationOps.softplus(ops, x), ops.multiply(x, inputs.get(1))));
  }

  /** At the logits g · (sigmoid(x) - z), at the targets -g · x. */
  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value x = back.input(0);
    Value g = back.upstream();
    return List.of(
        ops.multiply(g, ops.subtract(ActivationOps.sigmoid(ops, x), back.input(1))),
        ops.negate(ops.multiply(g, x)));
  }
}
