package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Node;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.HashSet;
import java.util.Set;

/**
 * The rule on what moves. A weight moves iff it is a parameter, its layer's flag is on, at least
 * one path of calls from the model to the layer has no frozen model on it (the model itself
 * included), and the selection accepts it. A layer that wraps others is a part of their paths.
 */
public final class Trainability {

  private Trainability() {}

  /** The weights that move, by first appearance: a pure function of its arguments. */
  public static ImmutableList<Weight> moved(Model model, Flags flags, Selection selection) {
    Set<Weight> reached = new HashSet<>();
    collect(model, flags, reached, new HashSet<>());
    return model.weights().stream()
        .filter(reached::contains)
        .filter(selection::accepts)
        .collect(ImmutableList.toImmutableList());
  }

  /** A model entered once on a path without frozen models need not be entered again. */
  private static void collect(Model model, Flags flags, Set<Weight> reached, Set<Model> entered) {
    if (!flags.isOn(model) || !entered.add(model)) {
      return;
    }
    for (Node node : model.graph().nodes()) {
      if (node.callee() instanceof Layer layer) {
        collect(layer, flags, reached);
      } else if (node.callee() instanceof Model inner) {
        collect(inner, flags, reached, entered);
      }
    }
  }

  /** The parameters that a call of a layer moves, if nothing around the call is frozen. */
  static void collect(Layer layer, Flags flags, Set<Weight> reached) {
    if (!flags.isOn(layer)) {
      return;
    }
    for (Weight weight : layer.weights()) {
      if (weight.isParameter() && weight.owner() == layer) {
        reached.add(weight);
      }
    }
    layer.inner().forEach(inner -> collect(inner, flags, reached));
  }
}
