package dev.tandem.core.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
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
    CallSite root = CallSite.root(model, flags::isOn);
    Set<Weight> reached = reached(root, true, Weight::isParameter);
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
    CallSite root = CallSite.root(model, flags::isOn);
    return ImmutableSet.copyOf(
        reached(root, false, w -> state.contains(w) && !inference.contains(w.owner())));
  }

  /** The weights of one kind that can be reached by way of what is on. */
  static Set<Weight> reached(CallSite from, boolean inInferenceToo, Predicate<Weight> kind) {
    Set<Weight> reached = new LinkedHashSet<>();
    ModelWalk.visit(
        from,
        new ModelWalk.Visitor() {
          /** A model entered once on a path without frozen models need not be entered again. */
          @Override
          public boolean enter(Model model, CallSite site) {
            return site.isLive() && site.isFirst() && (inInferenceToo || !site.isInference());
          }

          @Override
          public boolean enter(Layer layer, CallSite site) {
            if (site.isLive()) {
              layer.weights().stream()
                  .filter(weight -> weight.owner() == layer && kind.test(weight))
                  .forEach(reached::add);
            }
            return site.isLive();
          }
        });
    return reached;
  }
}
