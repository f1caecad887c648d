package dev.tandem.core.layer;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cell run along sequences, written out step by step.
 *
 * @param outputs the first state after each step, in the order in which they were made
 * @param states the last states
 */
record Recurrence(ImmutableList<Value> outputs, ImmutableList<Value> states) {

  /**
   * Runs a cell.
   *
   * @param x (batch, time, features)
   * @param kernel (features, gates · units)
   * @param bias (gates · units), of what the kernel makes
   * @param first the states to begin with; empty for zeros
   * @param reverse whether it goes from the last step to the first
   */
  static Recurrence of(
      Ops ops,
      Cell cell,
      Value x,
      Value kernel,
      @Nullable Value bias,
      Cell.Weights weights,
      List<Value> first,
      boolean reverse) {
    long batch = x.shape().size(0);
    long time = x.shape().size(1);
    Value rows = ops.reshape(x, batch * time, x.shape().size(2));
    Value projected = ops.matmul(rows, kernel);
    if (bias != null) {
      projected = ops.add(projected, bias);
    }
    long size = kernel.shape().size(1);
    List<Value> steps = new ArrayList<>();
    cut(ops, ops.reshape(projected, batch, time * size), time, steps);
    if (reverse) {
      Collections.reverse(steps);
    }
    List<Value> states = first;
    List<Value> outputs = new ArrayList<>();
    for (Value step : steps) {
      states = cell.step(ops, step, states, weights);
      outputs.add(states.get(0));
    }
    return new Recurrence(ImmutableList.copyOf(outputs), ImmutableList.copyOf(states));
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
}
