package dev.tandem.core.op.update;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * One step of Adam (Kingma, Ba, 2015, arXiv:1412.6980, section 2's efficient order, as in Keras):
 * from (weight, gradient, m, v, alpha) to (weight - alpha · m' / (√v' + epsilon), m', v'), with m'
 * = beta1 · m + (1 - beta1) · gradient and v' = beta2 · v + (1 - beta2) · gradient². The scalar
 * alpha is rate · √(1 - beta2^t) / (1 - beta1^t) in step t = 1, 2, ….
 *
 * @param beta1 how much of the mean gradient stays
 * @param beta2 how much of the mean squared gradient stays
 * @param epsilon added to the root
 */
public record AdamUpdate(double beta1, double beta2, double epsilon) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    TensorSpec weight = inputs.get(0);
    TensorSpec alpha = inputs.get(4);
    if (!inputs.subList(1, 4).equals(List.of(weight, weight, weight))
        || alpha.shape().rank() != 0
        || alpha.dtype() != weight.dtype()) {
      throw new IllegalArgumentException("adam_update of " + inputs);
    }
    return List.of(weight, weight, weight);
  }

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value g = inputs.get(1);
    Value m = ops.add(ops.scale(inputs.get(2), beta1), ops.scale(g, 1 - beta1));
    Value v = ops.add(ops.scale(inputs.get(3), beta2), ops.scale(ops.square(g), 1 - beta2));
    Value move = ops.divide(ops.multiply(m, inputs.get(4)), ops.shift(ops.sqrt(v), epsilon));
    return List.of(ops.subtract(inputs.get(0), move), m, v);
  }
}
