package dev.tandem.core.model;

import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.BitSet;
import java.util.Set;

/**
 * The answers of flags to each call of a layer with state, in the order of a step: whether the call
 * may move it, and whether the layer is told that it is frozen.
 */
final class StateGates implements ModelWalk.Visitor {

  private final Set<Weight> selected;
  private final BitSet answers = new BitSet();
  private int asked;

  private StateGates(Set<Weight> selected) {
    this.selected = selected;
  }

  /**
   * The answers to all calls, two bits each.
   *
   * @param selected the state that the selection accepts
   */
  static BitSet of(Model model, Flags flags, Set<Weight> selected) {
    StateGates gates = new StateGates(selected);
    ModelWalk.visit(model, flags, gates);
    return gates.answers;
  }

  @Override
  public boolean enter(Model model, CallSite site) {
    return true;
  }

  @Override
  public boolean enter(Layer layer, CallSite site) {
    boolean any = false;
    boolean moves = false;
    for (Weight weight : layer.weights()) {
      if (weight.owner() == layer && !weight.isParameter()) {
        any = true;
        moves |= selected.contains(weight);
      }
    }
    if (any) {
      answers.set(asked, moves && site.isLive());
      answers.set(asked + 1, site.isFrozen());
      asked += 2;
    }
    return true;
  }
}
