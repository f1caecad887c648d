package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Layer normalization (Ba, Kiros, Hinton, 2016, arXiv:1607.06450): {@code gamma · (x - mean) /
 * √(variance + epsilon) + beta} with mean and biased variance along the last axis, or others, any
 * shape (batch, …, features) to the same shape. Weights: gamma, beta, each of the sizes of these
 * axes.
 */
public final class LayerNormalization extends NormLayer<LayerNormalization> {

  LayerNormalization(LayerSettings settings) {
    super(settings);
  }

  /** A layer that normalizes. */
  public static LayerNormalization of() {
    return new LayerNormalization(LayerSettings.none());
  }

  /**
   * The axes along which is normalized, in increasing order, counted with the batch as 0 or from
   * the end if negative; the last unless set.
   */
  public LayerNormalization axes(int... axes) {
    return set(NormAxes.AXES, IntStream.of(axes).boxed().toList());
  }

  @Override
  Shape features(Shape input) {
    return NormAxes.sizes(input, NormAxes.in(input, this));
  }

  @Override
  protected void checkAgain(List<TensorSpec> inputs) {
    super.checkAgain(inputs);
    NormAxes.requireSizes(this, inputs.get(0).shape());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    int[] axes = NormAxes.in(x.shape(), this);
    Value gamma = gamma(forward, x);
    Value beta = beta(forward, x);
    if (!NormAxes.areLast(axes, x.rank())) {
      return apart(ops, x, gamma, beta, axes);
    }
    long size = gamma.shape().length();
    Value rows = axes.length == 1 ? x : ops.reshape(x, x.shape().length() / size, size);
    Value y =
        NormOps.layerNorm(ops, rows, ops.reshape(gamma, size), ops.reshape(beta, size), epsilon());
    return ops.reshape(y, x.shape());
  }

  /** Along axes with others behind them. */
  private Value apart(Ops ops, Value x, Value gamma, Value beta, int[] axes) {
    Value centered = ops.subtract(x, ops.mean(x, true, axes));
    Value variance = ops.mean(ops.square(centered), true, axes);
    Value inverse = ops.power(ops.shift(variance, epsilon()), -0.5);
    Value factor = ops.multiply(inverse, NormAxes.spread(ops, gamma, x.shape(), axes));
    return ops.add(ops.multiply(centered, factor), NormAxes.spread(ops, beta, x.shape(), axes));
  }

  @Override
  protected List<@Nullable Value> masks(Ops ops, List<Value> inputs, List<@Nullable Value> masks) {
    NormAxes.requireSteps(this, inputs.get(0).shape());
    return masks;
  }
}
