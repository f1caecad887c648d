package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;

/**
 * Instance normalization (Ulyanov, Vedaldi, Lempitsky, 2016, arXiv:1607.08022): {@code gamma · (x -
 * mean) / √(variance + epsilon) + beta} with mean and biased variance of each channel of each
 * sample over all places, (batch, …places, channels) to the same shape. Weights: gamma, beta,
 * (channels) each.
 */
public final class InstanceNormalization extends NormLayer<InstanceNormalization> {

  InstanceNormalization(LayerSettings settings) {
    super(settings);
  }

  /** A layer that normalizes. */
  public static InstanceNormalization of() {
    return new InstanceNormalization(LayerSettings.none());
  }

  @Override
  protected void build(TensorSpec input) {
    if (input.shape().rank() < 3) {
      throw reject(
          "needs places to average over, (batch, …places, channels)",
          input,
          "use LayerNormalization for vectors");
    }
    super.build(input);
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    Shape each = Shape.of(x.shape().size(0), x.shape().size(-1));
    Value gamma = ops.broadcastTo(gamma(forward, x), each);
    Value beta = ops.broadcastTo(beta(forward, x), each);
    return Groups.byChannel(ops, x, gamma, beta, epsilon());
  }
}
