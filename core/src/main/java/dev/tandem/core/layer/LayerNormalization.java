package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.NormOps;

/**
 * Layer normalization (Ba, Kiros, Hinton, 2016, arXiv:1607.06450): {@code gamma · (x - mean) /
 * √(variance + epsilon) + beta} with mean and biased variance along the last axis, any shape
 * (batch, …, features) to the same shape. Weights: gamma, beta, (features) each.
 */
public final class LayerNormalization extends NormLayer<LayerNormalization> {

  LayerNormalization(LayerSettings settings) {
    super(settings);
  }

  /** A layer that normalizes. */
  public static LayerNormalization of() {
    return new LayerNormalization(LayerSettings.none());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    return NormOps.layerNorm(forward.ops(), x, gamma(forward, x), beta(forward, x), epsilon());
  }
}
