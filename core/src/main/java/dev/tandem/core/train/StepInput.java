package dev.tandem.core.train;

import dev.tandem.core.loss.Loss;
import dev.tandem.core.tensor.TensorSpec;
import org.jspecify.annotations.Nullable;

/**
 * One array that a step takes.
 *
 * @param kind what it is good for
 * @param name of the input or output it belongs to
 * @param feed what programs call it
 * @param index among the ports of a model
 * @param spec what it has to look like; null if only its batch size matters
 * @param judged what a target is compared with and by whom; null for other arrays
 */
record StepInput(
    Kind kind,
    String name,
    String feed,
    int index,
    @Nullable TensorSpec spec,
    @Nullable Judged judged) {

  /** The purpose of an array. */
  enum Kind {
    INPUT("input"),
    TARGET("target of"),
    WEIGHTS("sample weights of");

    private final String label;

    Kind(String label) {
      this.label = label;
    }
  }

  /**
   * The prediction that a target is compared with.
   *
   * @param loss that compares
   * @param prediction the output
   */
  record Judged(Loss loss, TensorSpec prediction) {}

  /** As in {@code target of "digit"}. */
  String label() {
    return kind.label + " \"" + name + "\"";
  }

  @Override
  public String toString() {
    return label() + (spec == null ? "" : " " + spec);
  }
}
