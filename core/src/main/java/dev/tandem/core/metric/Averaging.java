package dev.tandem.core.metric;

/** The ways in which one number is made of the scores of classes. */
public enum Averaging {
  /**
   * The mean over the classes that occur among targets or predictions, each of which counts alike.
   */
  MACRO,
  /** The score of all counts added up: where each sample has one class, this is the accuracy. */
  MICRO,
  /** The mean over the classes by how often each occurs among the targets: its support. */
  WEIGHTED
}
