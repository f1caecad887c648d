package dev.tandem.core.op.recurrent;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/**
 * {@code h ← φ(x + h · R)}.
 *
 * @param units the size of the state
 * @param activation φ
 */
public record SimpleCell(int units, CellFunction activation) implements RecurrentCell {

  @Override
  public int gates() {
    return 1;
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public ImmutableList<Integer> kept() {
    return ImmutableList.of();
  }

  @Override
  public List<CellFunction> functions() {
    return List.of(activation);
  }

  @Override
  public Step step(Ops ops, Value x, List<Value> before, RecurrentWeights weights) {
    Value z = RecurrentCell.sum(ops, x, before, weights);
    return new Step(List.of(activation.apply(ops, z)), List.of());
  }

  @Override
  public Back back(Ops ops, List<Value> before, Value kernel, Step after, List<Value> upstreams) {
    Value x = RecurrentCell.slope(ops, activation, upstreams.get(0), after.states().get(0));
    return new Back(x, List.of(ops.matmul(x, kernel, false, true)));
  }
}
