package dev.tandem.core.layer;

/** A layer that normalizes with the statistics of the batch in training steps. */
public sealed interface BatchStatistics permits BatchNormalization, ConditionalBatchNormalization {

  /** Whether it was set to take them when the layer is frozen, too. */
  boolean frozenUsesBatchStatistics();
}
