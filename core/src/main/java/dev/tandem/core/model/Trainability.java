package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rule on what moves. A weight moves iff it is a parameter, its layer's flag is on, at least
 * one path of calls from the model to the layer has no frozen model on it (the model itself
 * included), and the selection accepts it. A layer that wraps others is a part of their paths.
 *
 * <p>State passes the same gate, call by call; here is asked whether any call can pass.
 */
public final class Trainability {

  private Trainability() {}

  /** The parameters that move, by first appearance: a pure function of its arguments. */
  public static ImmutableList<Weight> moved(Model model, Flags flags, Selection selection) {
    Set<Weight> reached = reached(model, flags, true, Weight::isParameter);
    return model.weights().stream()
        .filter(reached::contains)
        .filter(selection::accepts)
        .collect(ImmutableList.toImmutableList());
  }

  /**
   * Of some state, that which a step can move.
   *
   * @param inference the layers whose calls run as in inference
   */
  static ImmutableSet<Weight> movedState(
      Model model, Flags flags, Set<Weight> state, Set<Layer> inference) {
    return ImmutableSet.copyOf(
        reached(model, flags, false, w -> state.contains(w) && !inference.contains(w.owner())));
  }

  /** The weights of one kind that can be reached by way of what is on. */
  private static Set<Weight> reached(
      Model model, Flags flags, boolean inInferenceToo, Predicate<Weight> kind) {
    Set<Weight> reached = new LinkedHashSet<>();
    Set<Model> entered = new HashSet<>();
    ModelWalk.visit(
        model,
        new ModelWalk.Visitor() {
          /** A model entered once on a path without frozen models need not be entered again. */
          @Override
          public boolean enter(Model part) {
            return flags.isOn(part) && entered.add(part);
          }

          @Override
          public boolean enter(Model part, boolean asInInference) {
            return (inInferenceToo || !asInInference) && enter(part);
          }

          @Override
          public void call(Layer layer, Model in) {
            collect(layer, flags, kind, reached);
          }
        });
    return reached;
  }

  /** The parameters that a call of a layer moves, if nothing around the call is frozen. */
  static void collect(Layer layer, Flags flags, Set<Weight> reached) {
    collect(layer, flags, Weight::isParameter, reached);
  }

  private static void collect(
      Layer layer, Flags flags, Predicate<Weight> kind, Set<Weight> reached) {
    if (!flags.isOn(layer)) {
      return;
    }
    for (Weight weight : layer.weights()) {
      if (weight.owner() == layer && kind.test(weight)) {
        reached.add(weight);
      }
    }
    layer.inner().forEach(inner -> collect(inner, flags, kind, reached));
  }
}
