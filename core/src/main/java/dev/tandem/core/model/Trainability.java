package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.graph.Node;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.HashSet;
import java.util.Set;

/**
 * The rule on what moves. A weight moves iff it is a parameter, its layer's flag is on, at least one
 * path of calls from the model to the layer has no frozen model on it (the model itself included),
 * and the selection accepts it.
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

  private static void collect(
      Model model, Flags flags, Set<Weight> reached, Set<Model> visited) {
    if (!flags.isOn(model) || !visited.add(model)) {
      return;
    }
    for (Node node : model.graph().nodes()) {
      if (node.callee() instanceof Layer layer) {
        for (Weight weight : layer.weights()) {
          if (weight.isParameter() && flags.isOn(weight.owner())) {
            reached.add(weight);
          }
        }
      } else if (node.callee() instanceof Model inner) {
        collect(inner, flags, reached, visited);
      }
    }
  }
}
