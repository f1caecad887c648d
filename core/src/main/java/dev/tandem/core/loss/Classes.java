package dev.tandem.core.loss;

import dev.tandem.core.tensor.TensorSpec;

/** Predictions with an axis of classes. */
final class Classes {

  /** The kind of targets against an axis of classes. */
  static final String ROWS =
      "targets are rows of probabilities, at least 0 each, that sum to 1; take"
          + " binaryCrossentropy where several classes hold at once, and give a sample without a"
          + " class the sample weight 0";

  private Classes() {}

  /** Refuses predictions without at least two classes along the last axis. */
  static void require(String loss, TensorSpec prediction) {
    if (prediction.shape().rank() < 2 || prediction.shape().size(-1) < 2) {
      throw new IllegalArgumentException(
          loss
              + " expects predictions (batch, …, classes) of at least 2 classes, got "
              + prediction.shape()
              + "; for one probability use binaryCrossentropy");
    }
  }
}
