package dev.tandem.core.op.recurrent;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.ArrayList;
import java.util.List;

/** Sequences taken apart into steps, and put together. */
final class StepValues {

  private StepValues() {}

  /** From (batch, time, size) to (batch, size) for each step; from (batch, time) to (batch, 1). */
  static List<Value> cut(Ops ops, Value whole) {
    long batch = whole.shape().size(0);
    List<Value> steps = new ArrayList<>();
    cut(
        ops,
        ops.reshape(whole, batch, whole.shape().length() / batch),
        whole.shape().size(1),
        steps);
    return steps;
  }

  /**
   * Cuts the last axis into equal parts by halving: going back through a slice costs as much as its
   * whole, and this way there are few slices of large wholes.
   */
  private static void cut(Ops ops, Value whole, long parts, List<Value> to) {
    if (parts == 1) {
      to.add(whole);
      return;
    }
    long size = whole.shape().size(1) / parts;
    long first = parts / 2;
    cut(ops, ops.slice(whole, 1, 0, first * size), first, to);
    cut(ops, ops.slice(whole, 1, first * size, (parts - first) * size), parts - first, to);
  }

  /** From (batch, size) for each step to (batch, time, size). */
  static Value join(Ops ops, List<Value> steps) {
    Value all = ops.concat(1, steps);
    long batch = all.shape().size(0);
    return ops.reshape(all, batch, steps.size(), steps.get(0).shape().size(1));
  }

  /** x where the mask is 1, else other. */
  static Value blend(Ops ops, Value mask, Value x, Value other) {
    return ops.add(ops.multiply(mask, x), ops.multiply(without(ops, mask), other));
  }

  /** 1 where the mask is 0. */
  static Value without(Ops ops, Value mask) {
    return ops.shift(ops.negate(mask), 1);
  }
}
