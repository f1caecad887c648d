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
   * @param mask (batch, time): 0 for steps in which states and output stay as they are, else 1;
   *     null for none
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
      @Nullable Value mask,
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
    List<Value> marks = new ArrayList<>();
    if (mask != null) {
      cut(ops, ops.cast(mask, x.dtype()), time, marks);
    }
    if (reverse) {
      Collections.reverse(steps);
      Collections.reverse(marks);
    }
    List<Value> states = first;
    List<Value> outputs = new ArrayList<>();
    Value zero = ops.scalar(0, x.dtype());
    Value output = zero;
    for (int i = 0; i < steps.size(); i++) {
      List<Value> next = cell.step(ops, steps.get(i), states, weights);
      output = mask == null ? next.get(0) : ops.where(marks.get(i), next.get(0), output);
      states = mask == null ? next : kept(ops, marks.get(i), next, states, zero);
      outputs.add(output);
    }
    return new Recurrence(ImmutableList.copyOf(outputs), ImmutableList.copyOf(states));
  }

  /** The next states where a mark is, else those before, which are zeros at first. */
  private static List<Value> kept(
      Ops ops, Value mark, List<Value> next, List<Value> before, Value zero) {
    List<Value> states = new ArrayList<>();
    for (int i = 0; i < next.size(); i++) {
      states.add(ops.where(mark, next.get(i), before.isEmpty() ? zero : before.get(i)));
    }
    return states;
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
