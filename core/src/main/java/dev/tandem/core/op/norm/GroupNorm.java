package dev.tandem.core.op.norm;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Normalization of each sample over all places and groups of neighboring channels (Wu, He, 2018,
 * arXiv:1803.08494): from (x (batch, …places, channels), gamma, beta) to (y like x, mean (batch,
 * groups), variance (batch, groups)), where {@code y = gamma · (x - mean) / √(variance + epsilon) +
 * beta} with the biased variance. Gamma and beta are (channels), or (batch, channels) where each
 * sample has its own. With as many groups as channels it is instance normalization (Ulyanov,
 * Vedaldi, Lempitsky, 2016, arXiv:1607.08022).
 *
 * @param groups of channels, which they divide
 * @param epsilon added to the variance
 */
public record GroupNorm(int groups, double epsilon) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    TensorSpec statistics = statistics(this, groups, x);
    TensorSpec gamma = inputs.get(1);
    if (!fits(gamma, x) || !inputs.get(2).equals(gamma)) {
      throw new IllegalArgumentException(
          "group_norm of "
              + x
              + " needs gamma and beta of its channels, or of these for each sample, got "
              + gamma
              + " and "
              + inputs.get(2));
    }
    return List.of(x, statistics, statistics);
  }

  /** The spec of one number for each group of each sample. */
  static TensorSpec statistics(Op op, int groups, TensorSpec x) {
    TensorSpec channels = BatchNorm.channels(op, x);
    if (groups < 1 || channels.shape().size(0) % groups != 0) {
      throw new IllegalArgumentException(
          op.opName()
              + " of "
              + x
              + " with "
              + groups
              + " groups, which do not divide the channels");
    }
    return x.withShape(Shape.of(x.shape().size(0), groups));
  }

  /** Whether this is a number for each channel, or for each channel of each sample. */
  static boolean fits(TensorSpec gamma, TensorSpec x) {
    Shape channels = Shape.of(x.shape().size(-1));
    return gamma.equals(x.withShape(channels))
        || gamma.equals(x.withShape(channels.prepend(x.shape().size(0))));
  }

  /** By the ops that normalize batches and layers, which have kernels everywhere. */
  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    GroupLayout layout = new GroupLayout(x.shape(), groups);
    Shape statistics = Shape.of(layout.batch(), groups);
    if (layout.inGroup() == 1) {
      Normalized normal =
          NormOps.batchNorm(
              ops,
              layout.placesFirst(ops, x),
              layout.ofSamples(ops, inputs.get(1)),
              layout.ofSamples(ops, inputs.get(2)),
              epsilon);
      return List.of(
          layout.fromPlacesFirst(ops, normal.y()),
          ops.reshape(normal.mean(), statistics),
          ops.reshape(normal.variance(), statistics));
    }
    Value rows = layout.groupsFirst(ops, x);
    TensorSpec row = x.spec().withShape(Shape.of(rows.shape().size(-1)));
    List<Value> normal =
        ops.apply(new LayerNorm(epsilon), List.of(rows, ops.fill(1, row), ops.fill(0, row)));
    Value y = layout.fromGroupsFirst(ops, normal.get(0));
    Value scaled = ops.multiply(y, layout.besideX(ops, inputs.get(1)));
    return List.of(
        ops.add(scaled, layout.besideX(ops, inputs.get(2))),
        ops.reshape(normal.get(1), statistics),
        ops.reshape(normal.get(2), statistics));
  }

  /** By {@link GroupNormGradient}; through the parts if a gradient arrives at the statistics. */
  @Override
  public @Nullable List<@Nullable Value> vjp(VjpContext back) {
    return Normalized.vjp(back, new GroupNormGradient(groups, epsilon));
  }
}
