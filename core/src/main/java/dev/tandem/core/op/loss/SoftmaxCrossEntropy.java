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
 * The cross entropy of target probabilities z under softmax(x): from (logits x (…, classes),
 * targets z (…, classes)) to -Σ z · logSoftmax(x) of shape (…).
 */
public record SoftmaxCrossEntropy() implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    if (!inputs.get(0).equals(inputs.get(1)) || inputs.get(0).shape().rank() == 0) {
      throw new IllegalArgumentException(
          "softmax_cross_entropy of logits " + inputs.get(0) + " and targets " + inputs.get(1));
    }
    return List.of(inputs.get(0).withShape(inputs.get(0).shape().without(-1)));
  }

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value log = ActivationOps.logSoftmax(ops, inputs.get(0));
    return List.of(ops.negate(ops.sum(ops.multiply(inputs.get(1), log), false, -1)));
  }

  /** At the logits g · (softmax(x) · Σz - z), at the targets -g · logSoftmax(x). */
  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value x = back.input(0);
    Value z = back.input(1);
    Value g = ops.reshape(back.upstream(), x.shape().with(-1, 1));
    Value expected = ops.multiply(ActivationOps.softmax(ops, x), ops.sum(z, true, -1));
    return List.of(
        ops.multiply(g, ops.subtract(expected, z)),
        ops.negate(ops.multiply(g, ActivationOps.logSoftmax(ops, x))));
  }
}
