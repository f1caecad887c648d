package dev.tandem.core.model;

import dev.tandem.core.layer.Weight;

/** The selection that leaves nothing out. */
enum AllWeights implements Selection {
  SELECTION;

  @Override
  public boolean accepts(Weight weight) {
    return true;
  }

  @Override
  public Selection and(Selection other) {
    return other;
  }

  @Override
  public String toString() {
    return "all";
  }
}
