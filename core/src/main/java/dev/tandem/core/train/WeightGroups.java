package dev.tandem.core.train;

import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.VariableGroup;

/** The weights of models as what is locked together. */
final class WeightGroups {

  private WeightGroups() {}

  /** All weights that a model computes with, joined. */
  static VariableGroup of(Model model) {
    return VariableGroup.of(model.weights().stream().map(Weight::variable).toList());
  }
}
