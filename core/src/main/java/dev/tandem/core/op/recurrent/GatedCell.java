package dev.tandem.core.op.recurrent;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * With gates in the order update, reset, candidate: {@code u = σ(x + h · R)} of the first part,
 * {@code r} of the second, and of the third {@code c = φ(x + r · (h · R + b))} if reset comes after
 * the product, else {@code c = φ(x + (r · h) · R)}; {@code h ← u · h + (1 - u) · c}. A step keeps
 * u, r and c, and h · R + b of the third part if reset comes after.
 *
 * @param units the size of the state
 * @param activation φ
 * @param gate σ
 * @param resetAfter whether reset comes after the product with the recurrent kernel
 */
public record GatedCell(int units, CellFunction activation, CellFunction gate, boolean resetAfter)
    implements RecurrentCell {

  @Override
  public int gates() {
    return 3;
  }

  @Override
  public int states() {
    return 1;
  }

  @Override
  public ImmutableList<Integer> kept() {
    return resetAfter ? ImmutableList.of(3, 1) : ImmutableList.of(3);
  }

  @Override
  public boolean hasRecurrentBias() {
    return resetAfter;
  }

  @Override
  public List<CellFunction> functions() {
    return List.of(activation, gate);
  }

  @Override
  public Step step(Ops ops, Value x, List<Value> before, RecurrentWeights weights) {
    Value state = before.isEmpty() ? null : before.get(0);
    Value inner = resetAfter ? inner(ops, state, weights) : gates(ops, state, weights);
    Value update = gate.apply(ops, sum(ops, x, inner, 0));
    Value reset = gate.apply(ops, sum(ops, x, inner, 1));
    Value candidate = RecurrentCell.part(ops, x, 2, units);
    Value third = resetAfter && inner != null ? RecurrentCell.part(ops, inner, 2, units) : null;
    if (third != null) {
      candidate = ops.add(candidate, ops.multiply(reset, third));
    } else if (!resetAfter && state != null) {
      Value kernel = RecurrentCell.part(ops, weights.kernel(), 2, units);
      candidate = ops.add(candidate, ops.matmul(ops.multiply(reset, state), kernel));
    }
    candidate = activation.apply(ops, candidate);
    Value taken = ops.multiply(ops.shift(ops.negate(update), 1), candidate);
    Value next = state == null ? taken : ops.add(ops.multiply(update, state), taken);
    Value all = ops.concat(1, List.of(update, reset, candidate));
    if (!resetAfter) {
      return new Step(List.of(next), List.of(all));
    }
    return new Step(
        List.of(next),
        List.of(all, third == null ? ops.fill(0, next.spec()) : spread(ops, third, next)));
  }

  private static Value spread(Ops ops, Value row, Value like) {
    return ops.broadcastTo(row, like.shape());
  }

  /** h · R + b for all three parts; null where both are none. */
  private static @Nullable Value inner(Ops ops, @Nullable Value state, RecurrentWeights weights) {
    Value bias = weights.bias();
    Value row = bias == null ? null : ops.reshape(bias, 1, bias.shape().length());
    if (state == null) {
      return row;
    }
    Value product = ops.matmul(state, weights.kernel());
    return row == null ? product : ops.add(product, row);
  }

  /** h · R for both gates; null without a state. */
  private @Nullable Value gates(Ops ops, @Nullable Value state, RecurrentWeights weights) {
    return state == null ? null : ops.matmul(state, ofGates(ops, weights.kernel()));
  }

  private Value ofGates(Ops ops, Value kernel) {
    return ops.slice(kernel, 1, 0, 2L * units);
  }

  private Value sum(Ops ops, Value x, @Nullable Value inner, int index) {
    Value of = RecurrentCell.part(ops, x, index, units);
    return inner == null ? of : ops.add(of, RecurrentCell.part(ops, inner, index, units));
  }

  @Override
  public Back back(Ops ops, List<Value> before, Value kernel, Step after, List<Value> upstreams) {
    Value all = after.kept().get(0);
    Value update = RecurrentCell.part(ops, all, 0, units);
    Value reset = RecurrentCell.part(ops, all, 1, units);
    Value candidate = RecurrentCell.part(ops, all, 2, units);
    Value h = upstreams.get(0);
    Value state = before.get(0);
    Value taken = ops.multiply(h, ops.shift(ops.negate(update), 1));
    Value c = RecurrentCell.slope(ops, activation, taken, candidate);
    Value chosen = ops.multiply(h, ops.subtract(state, candidate));
    Value u = RecurrentCell.slope(ops, gate, chosen, update);
    Value stays = ops.multiply(h, update);
    if (resetAfter) {
      Value r = RecurrentCell.slope(ops, gate, ops.multiply(c, after.kept().get(1)), reset);
      Value inner = ops.concat(1, List.of(u, r, ops.multiply(c, reset)));
      return new Back(
          ops.concat(1, List.of(u, r, c)),
          List.of(ops.add(stays, ops.matmul(inner, kernel, false, true))));
    }
    Value third = RecurrentCell.part(ops, kernel, 2, units);
    Value product = ops.matmul(c, third, false, true);
    Value r = RecurrentCell.slope(ops, gate, ops.multiply(product, state), reset);
    Value both = ops.matmul(ops.concat(1, List.of(u, r)), ofGates(ops, kernel), false, true);
    return new Back(
        ops.concat(1, List.of(u, r, c)),
        List.of(ops.add(stays, ops.add(ops.multiply(product, reset), both))));
  }

  @Override
  public RecurrentWeights weights(Ops ops, Value before, List<Value> kept, Value x) {
    Value gates = ops.slice(x, 1, 0, 2L * units);
    Value candidate = RecurrentCell.part(ops, x, 2, units);
    Value reset = RecurrentCell.part(ops, kept.get(0), 1, units);
    if (resetAfter) {
      Value inner = ops.concat(1, List.of(gates, ops.multiply(candidate, reset)));
      return new RecurrentWeights(ops.matmul(before, inner, true, false), ops.sum(inner, false, 0));
    }
    Value third = ops.matmul(ops.multiply(before, reset), candidate, true, false);
    return new RecurrentWeights(
        ops.concat(1, List.of(ops.matmul(before, gates, true, false), third)), null);
  }
}
