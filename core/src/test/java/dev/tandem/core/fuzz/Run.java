package dev.tandem.core.fuzz;

import dev.tandem.core.layer.Weight;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.Function;

/** One evaluation of a net by formulas: its inputs, its weights, and what was computed so far. */
final class Run {

  private final Map<String, Grid> inputs;
  private final Map<Weight, Grid> weights;
  private final boolean training;
  private final Map<Object, Grid> known = new IdentityHashMap<>();
  private final Map<Weight, Grid> states = new HashMap<>();

  Run(Map<String, Grid> inputs, Map<Weight, Grid> weights, boolean training) {
    this.inputs = inputs;
    this.weights = weights;
    this.training = training;
  }

  boolean training() {
    return training;
  }

  Grid input(String name) {
    return inputs.get(name);
  }

  Grid weight(Weight weight) {
    return weights.get(weight);
  }

  /** What a training step makes of a state. */
  void follow(Weight state, Grid next) {
    states.put(state, next);
  }

  Map<Weight, Grid> states() {
    return states;
  }

  Grid value(Function<Run, Grid> formula) {
    Grid value = known.get(formula);
    if (value == null) {
      value = formula.apply(this);
      known.put(formula, value);
    }
    return value;
  }
}
