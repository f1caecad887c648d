package dev.tandem.core.op.norm;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * From (x, gamma, mean, variance, gradient at y) of {@link GroupNorm} to the gradients at (x,
 * gamma, beta). Its own gradient goes through its parts.
 *
 * @param groups as in {@link GroupNorm}
 * @param epsilon as in {@link GroupNorm}
 */
public record GroupNormGradient(int groups, double epsilon) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    TensorSpec gamma = inputs.get(1);
    TensorSpec statistics = GroupNorm.statistics(this, groups, x);
    if (!GroupNorm.fits(gamma, x) || !inputs.equals(List.of(x, gamma, statistics, statistics, x))) {
      throw new IllegalArgumentException("group_norm_gradient of " + inputs);
    }
    return List.of(x, gamma, gamma);
  }

  /** By the gradients of the normalizations of batches and layers. */
  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value gamma = inputs.get(1);
    Value g = inputs.get(4);
    GroupLayout layout = new GroupLayout(x.shape(), groups);
    return layout.inGroup() == 1
        ? ofInstances(ops, layout, inputs)
        : ofGroups(ops, layout, x, gamma, inputs.get(2), inputs.get(3), g);
  }

  private List<Value> ofInstances(Ops ops, GroupLayout layout, List<Value> inputs) {
    Value gamma = inputs.get(1);
    long all = layout.batch() * groups;
    List<Value> gradients =
        ops.apply(
            new BatchNormGradient(epsilon),
            List.of(
                layout.placesFirst(ops, inputs.get(0)),
                layout.ofSamples(ops, gamma),
                ops.reshape(inputs.get(2), all),
                ops.reshape(inputs.get(3), all),
                layout.placesFirst(ops, inputs.get(4))));
    return List.of(
        layout.fromPlacesFirst(ops, gradients.get(0)),
        ofAll(ops, layout, gradients.get(1), gamma.shape()),
        ofAll(ops, layout, gradients.get(2), gamma.shape()));
  }

  /** From (batch · channels) to the shape of gamma. */
  private static Value ofAll(Ops ops, GroupLayout layout, Value each, Shape gamma) {
    Value two = ops.reshape(each, layout.batch(), gamma.size(-1));
    return gamma.rank() == 1 ? ops.sum(two, false, 0) : two;
  }

  private List<Value> ofGroups(
      Ops ops, GroupLayout layout, Value x, Value gamma, Value mean, Value variance, Value g) {
    Value rows = layout.groupsFirst(ops, x);
    long count = rows.shape().size(0);
    TensorSpec row = x.spec().withShape(Shape.of(rows.shape().size(-1)));
    Value h = ops.multiply(g, layout.besideX(ops, gamma));
    Value ofRow = ops.reshape(mean, count, 1);
    Value varianceOfRow = ops.reshape(variance, count, 1);
    Value gx =
        ops.apply(
                new LayerNormGradient(epsilon),
                List.of(rows, ops.fill(1, row), ofRow, varianceOfRow, layout.groupsFirst(ops, h)))
            .get(0);
    Value inverse = ops.power(ops.shift(varianceOfRow, epsilon), -0.5);
    Value normal = layout.fromGroupsFirst(ops, ops.multiply(ops.subtract(rows, ofRow), inverse));
    return List.of(
        layout.fromGroupsFirst(ops, gx),
        summed(ops, ops.multiply(g, normal), gamma.shape()),
        summed(ops, g, gamma.shape()));
  }

  /** The sum over all axes that gamma does not have. */
  private static Value summed(Ops ops, Value each, Shape gamma) {
    long channels = gamma.size(-1);
    if (gamma.rank() == 1) {
      return ops.sum(BatchNorm.flat(ops, each), false, 0);
    }
    long batch = gamma.size(0);
    Value three = ops.reshape(each, batch, each.shape().length() / batch / channels, channels);
    return ops.sum(three, false, 1);
  }
}
