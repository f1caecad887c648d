package dev.tandem.core.op.recurrent;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;

/**
 * With gates in the order input, forget, cell, output: {@code z = x + h · R; c ← σ(forget) · c +
 * σ(input) · φ(cell); h ← σ(output) · φ(c)}. A step keeps the functions of its four parts.
 *
 * @param units the size of a state
 * @param activation φ
 * @param gate σ
 */
public record LongShortTermCell(int units, CellFunction activation, CellFunction gate)
    implements RecurrentCell {

  @Override
  public int gates() {
    return 4;
  }

  @Override
  public int states() {
    return 2;
  }

  @Override
  public ImmutableList<Integer> kept() {
    return ImmutableList.of(4);
  }

  @Override
  public List<CellFunction> functions() {
    return List.of(activation, gate);
  }

  @Override
  public Step step(Ops ops, Value x, List<Value> before, RecurrentWeights weights) {
    Value z = RecurrentCell.sum(ops, x, before, weights);
    Value input = gate.apply(ops, RecurrentCell.part(ops, z, 0, units));
    Value forget = gate.apply(ops, RecurrentCell.part(ops, z, 1, units));
    Value candidate = activation.apply(ops, RecurrentCell.part(ops, z, 2, units));
    Value output = gate.apply(ops, RecurrentCell.part(ops, z, 3, units));
    Value added = ops.multiply(input, candidate);
    Value cell = before.isEmpty() ? added : ops.add(ops.multiply(forget, before.get(1)), added);
    Value state = ops.multiply(output, activation.apply(ops, cell));
    Value all = ops.concat(1, List.of(input, forget, candidate, output));
    return new Step(List.of(state, cell), List.of(all));
  }

  @Override
  public Back back(Ops ops, List<Value> before, Value kernel, Step after, List<Value> upstreams) {
    Value all = after.kept().get(0);
    Value input = RecurrentCell.part(ops, all, 0, units);
    Value forget = RecurrentCell.part(ops, all, 1, units);
    Value candidate = RecurrentCell.part(ops, all, 2, units);
    Value output = RecurrentCell.part(ops, all, 3, units);
    Value squashed = activation.apply(ops, after.states().get(1));
    Value h = upstreams.get(0);
    Value through = RecurrentCell.slope(ops, activation, ops.multiply(h, output), squashed);
    Value c = ops.add(upstreams.get(1), through);
    Value x =
        ops.concat(
            1,
            List.of(
                RecurrentCell.slope(ops, gate, ops.multiply(c, candidate), input),
                RecurrentCell.slope(ops, gate, ops.multiply(c, before.get(1)), forget),
                RecurrentCell.slope(ops, activation, ops.multiply(c, input), candidate),
                RecurrentCell.slope(ops, gate, ops.multiply(h, squashed), output)));
    return new Back(x, List.of(ops.matmul(x, kernel, false, true), ops.multiply(c, forget)));
  }
}
