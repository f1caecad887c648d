package dev.tandem.gan.net;

import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.InstanceNormalization;
import dev.tandem.core.layer.LayerNormalization;

/**
 * A normalization between a kernel and its activation. Each has a beta, which takes the place of
 * the kernel's bias.
 */
public enum Norm implements Normalizer {
  /** Nothing. */
  NONE,
  /** Batch normalization with momentum 0.9 and epsilon 1e-5: samples of a batch meet. */
  BATCH,
  /** Instance normalization without gamma, epsilon 1e-5: each channel of each sample by itself. */
  INSTANCE,
  /** Layer normalization over the channels of each place. */
  LAYER;

  private static final double EPSILON = 1e-5;

  /** Whether a kernel in front of it needs a bias. */
  boolean wantsBias() {
    return this == NONE;
  }

  @Override
  public SymbolicTensor apply(String name, SymbolicTensor x) {
    return switch (this) {
      case NONE -> x;
      case BATCH -> BatchNormalization.of().momentum(0.9).epsilon(EPSILON).named(name).apply(x);
      case INSTANCE ->
          InstanceNormalization.of().scale(false).epsilon(EPSILON).named(name).apply(x);
      case LAYER -> LayerNormalization.of().named(name).apply(x);
    };
  }
}
