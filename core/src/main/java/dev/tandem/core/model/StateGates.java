package dev.tandem.core.model;

import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Weight;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.Set;

/**
 * What flags say to each call of a layer with state, in the order of a step: whether the call may
 * move it, and whether the layer is told that it is frozen.
 */
final class StateGates implements ModelWalk.Visitor {

  private final Flags flags;
  private final Set<Weight> selected;
  private final Deque<Boolean> live = new ArrayDeque<>();
  private final BitSet answers = new BitSet();
  private int asked;

  private StateGates(Flags flags, Set<Weight> selected) {
    this.flags = flags;
    this.selected = selected;
    live.push(true);
  }

  /**
   * The answers to all calls, two bits each.
   *
   * @param selected the state that the selection accepts
   */
  static BitSet of(Model model, Flags flags, Set<Weight> selected) {
    StateGates gates = new StateGates(flags, selected);
    ModelWalk.visit(model, gates);
    return gates.answers;
  }

  @Override
  public boolean enter(Model model) {
    live.push(live.peek() && flags.isOn(model));
    return true;
  }

  @Override
  public void leave(Model model) {
    live.pop();
  }

  @Override
  public void call(Layer layer, Model in) {
    call(layer, false);
  }

  private void call(Layer layer, boolean wrappedInFrozen) {
    boolean frozen = wrappedInFrozen || !flags.isOn(layer);
    boolean any = false;
    boolean moves = false;
    for (Weight weight : layer.weights()) {
      if (weight.owner() == layer && !weight.isParameter()) {
        any = true;
        moves |= selected.contains(weight);
      }
    }
    if (any) {
      answers.set(asked, moves && live.peek() && !frozen);
      answers.set(asked + 1, frozen);
      asked += 2;
    }
    layer.inner().forEach(inner -> call(inner, frozen));
  }
}
