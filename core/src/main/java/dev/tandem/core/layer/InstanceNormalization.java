package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.NormOps;
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
    int each = (int) x.shape().size(-1);
    return NormOps.groupNorm(
        forward.ops(), x, gamma(forward, x), beta(forward, x), each, epsilon());
  }
}
