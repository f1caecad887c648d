package dev.tandem.core.op.recurrent;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cell run along sequences: from (x (batch, time, gates · units), which is what the kernel makes
 * of the sequences, recurrent kernel (units, gates · units), bias (gates · units) if there is one,
 * first states (batch, units) each if they are given, mask (batch, time) if there is one) to (the
 * states after each step (batch, time, units) each, what each step {@linkplain RecurrentCell#kept
 * keeps} (batch, time, …), the last states (batch, units) each).
 *
 * @param form which cell, and what is given
 */
public record Recurrence(RecurrenceForm form) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(0);
    Shape shape = x.shape();
    boolean fits =
        shape.rank() == 3
            && shape.size(1) > 0
            && shape.size(2) == (long) form.cell().gates() * form.cell().units();
    if (!fits || !inputs.subList(1, inputs.size()).equals(form.given(x))) {
      throw new IllegalArgumentException("recurrence of " + inputs + " as " + form);
    }
    return form.outputs(x);
  }

  /** Step by step. */
  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    RecurrentCell cell = form.cell();
    List<Value> given = inputs.subList(1, inputs.size());
    RecurrentWeights weights = new RecurrentWeights(given.get(0), form.bias(given));
    List<Value> x = StepValues.cut(ops, inputs.get(0));
    Value mask = form.mask(given);
    List<Value> masks = mask == null ? List.of() : StepValues.cut(ops, ops.step(mask));
    List<List<Value>> made = new ArrayList<>();
    for (int i = 0; i < form.made(); i++) {
      made.add(new ArrayList<>());
    }
    List<Value> states = form.first(given);
    for (int step = 0; step < x.size(); step++) {
      int place = form.place(step, x.size());
      RecurrentCell.Step next = cell.step(ops, x.get(place), states, weights);
      states = masks.isEmpty() ? next.states() : past(ops, masks.get(place), states, next.states());
      List<Value> left = new ArrayList<>(states);
      left.addAll(next.kept());
      for (int i = 0; i < left.size(); i++) {
        made.get(i).add(left.get(i));
      }
    }
    ImmutableList.Builder<Value> outputs = ImmutableList.builder();
    for (List<Value> steps : made) {
      if (form.reverse()) {
        Collections.reverse(steps);
      }
      outputs.add(StepValues.join(ops, steps));
    }
    return outputs.addAll(states).build();
  }

  /** The states after a step, in samples for which it does not count those before. */
  private static List<Value> past(Ops ops, Value mask, List<Value> before, List<Value> after) {
    List<Value> states = new ArrayList<>();
    for (int i = 0; i < after.size(); i++) {
      Value next = after.get(i);
      states.add(
          before.isEmpty()
              ? ops.multiply(mask, next)
              : StepValues.blend(ops, mask, next, before.get(i)));
    }
    return states;
  }

  /**
   * By {@link RecurrenceGradient}, and the products of all steps at once for the weights; through
   * the parts if a gradient arrives at what steps keep or at other states than the first of each,
   * or if a function of the cell has no gradient by its output.
   */
  @Override
  public @Nullable List<@Nullable Value> vjp(VjpContext back) {
    RecurrentCell cell = form.cell();
    int made = form.made();
    List<@Nullable Value> upstreams = back.upstreams();
    boolean known = cell.functions().stream().allMatch(f -> CellFunction.gradient(f).isPresent());
    if (!known || upstreams.subList(1, made).stream().anyMatch(Objects::nonNull)) {
      return null;
    }
    Ops ops = back.ops();
    List<Value> outputs = back.call().outputs();
    List<Value> given = back.call().inputs().subList(1, back.call().inputs().size());
    Value all = upstreams.get(0);
    List<@Nullable Value> last = upstreams.subList(made, upstreams.size());
    boolean ends = last.stream().anyMatch(Objects::nonNull);
    List<Value> inputs = new ArrayList<>(given);
    inputs.addAll(outputs.subList(0, made));
    if (all != null) {
      inputs.add(all);
    }
    if (ends) {
      for (int i = 0; i < last.size(); i++) {
        Value upstream = last.get(i);
        inputs.add(upstream == null ? ops.fill(0, outputs.get(made + i).spec()) : upstream);
      }
    }
    List<Value> gradients = ops.apply(new RecurrenceGradient(form, all != null, ends), inputs);
    RecurrentWeights weights = weights(ops, given, outputs, gradients.get(0));
    List<@Nullable Value> result = new ArrayList<>();
    result.add(gradients.get(0));
    result.add(weights.kernel());
    if (form.biased()) {
      result.add(weights.bias());
    }
    result.addAll(gradients.subList(1, gradients.size()));
    if (form.masked()) {
      result.add(null);
    }
    return result;
  }

  private RecurrentWeights weights(Ops ops, List<Value> given, List<Value> outputs, Value x) {
    List<Value> kept = outputs.subList(form.cell().states(), form.made());
    return form.cell()
        .weights(
            ops,
            rows(ops, before(ops, form.first(given), outputs.get(0))),
            kept.stream().map(value -> rows(ops, value)).toList(),
            rows(ops, x));
  }

  /** The first state before each step, at the place of the step. */
  private Value before(Ops ops, List<Value> first, Value states) {
    Shape one = states.shape().with(1, 1);
    Value begin =
        first.isEmpty()
            ? ops.fill(0, states.spec().withShape(one))
            : ops.reshape(first.get(0), one);
    long time = states.shape().size(1);
    if (time == 1) {
      return begin;
    }
    Value others = ops.slice(states, 1, form.reverse() ? 1 : 0, time - 1);
    return ops.concat(1, form.reverse() ? List.of(others, begin) : List.of(begin, others));
  }

  private static Value rows(Ops ops, Value x) {
    Shape shape = x.shape();
    return ops.reshape(x, shape.size(0) * shape.size(1), shape.size(2));
  }
}
