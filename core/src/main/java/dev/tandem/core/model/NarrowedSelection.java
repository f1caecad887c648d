package dev.tandem.core.model;

import dev.tandem.core.layer.Weight;

/** The weights that two selections both accept. */
record NarrowedSelection(Selection first, Selection second) implements Selection {

  @Override
  public boolean accepts(Weight weight) {
    return first.accepts(weight) && second.accepts(weight);
  }

  /** Refuses models of which each of both would move something, and together they move nothing. */
  @Override
  public void requirePartsOf(Model model) {
    first.requirePartsOf(model);
    second.requirePartsOf(model);
    if (acceptsAny(model, first) && acceptsAny(model, second) && !acceptsAny(model, this)) {
      throw new IllegalArgumentException(
          this
              + " leave nothing to train in "
              + model
              + ": selections narrow each other; begin with a recipe that has none");
    }
  }

  private static boolean acceptsAny(Model model, Selection selection) {
    return model.weights().stream().anyMatch(selection::accepts);
  }

  @Override
  public String toString() {
    return label(first) + " and " + label(second);
  }

  /** Code has no name to print. */
  private static String label(Selection selection) {
    return selection instanceof PartSelection || selection instanceof NarrowedSelection
        ? selection.toString()
        : "a predicate";
  }
}
