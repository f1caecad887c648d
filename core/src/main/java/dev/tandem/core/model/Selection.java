package dev.tandem.core.model;

import dev.tandem.core.graph.Operation;
import dev.tandem.core.layer.Weight;

/**
 * A choice of the weights that a trainer may move, besides the flags: it narrows what the flags
 * allow, and writes none. State is gated by it like parameters. It is asked when a model is
 * compiled; what it would say later does not count.
 */
@FunctionalInterface
public interface Selection {

  /** Whether this weight may move. */
  boolean accepts(Weight weight);

  /**
   * Refuses models for which this selection was certainly not meant; the default refuses none.
   *
   * @throws IllegalArgumentException if the model has nothing of what is selected
   */
  default void requirePartsOf(Model model) {}

  /** The weights that both this selection and another one accept. */
  default Selection and(Selection other) {
    return new NarrowedSelection(this, other);
  }

  /** Every weight. */
  static Selection all() {
    return AllWeights.SELECTION;
  }

  /**
   * The weights of these layers and models. A model that has none of them refuses it.
   *
   * @throws IllegalArgumentException if one of the parts has no weights, or no weights yet
   */
  static Selection only(Operation... parts) {
    return PartSelection.of(PartSelection.Verb.ONLY, parts);
  }

  /**
   * All but the weights of these layers and models.
   *
   * @throws IllegalArgumentException if one of the parts has no weights, or no weights yet
   */
  static Selection except(Operation... parts) {
    return PartSelection.of(PartSelection.Verb.EXCEPT, parts);
  }
}
