package dev.tandem.core.op.recurrent;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From what a {@link Recurrence} was given (from its kernel to its mask), what it made (states,
 * what steps keep) and the gradients at its first output and at its last states to the gradients at
 * (x, first states if they were given). The gradients of weights are products of all steps at once,
 * outside of it. Its own gradient goes through its parts.
 *
 * @param form as in {@link Recurrence}, of functions with gradients by their outputs
 * @param all whether a gradient at the first output is given
 * @param last whether gradients at the last states are given
 */
public record RecurrenceGradient(RecurrenceForm form, boolean all, boolean last)
    implements Composite {

  /** The values of a call, by what they are. */
  public record Given<T>(List<T> before, List<T> made, @Nullable T all, List<T> last) {}

  /** What the inputs of a call are: from the kernel to the mask, what was made, gradients. */
  public <T> Given<T> given(List<T> inputs) {
    int made = form.given();
    int gradients = made + form.made();
    int states = last ? form.cell().states() : 0;
    return new Given<>(
        inputs.subList(0, made),
        inputs.subList(made, gradients),
        all ? inputs.get(gradients) : null,
        inputs.subList(inputs.size() - states, inputs.size()));
  }

  private TensorSpec x(List<TensorSpec> inputs) {
    TensorSpec states = inputs.get(form.given());
    long size = (long) form.cell().gates() * form.cell().units();
    return states.withShape(states.shape().with(-1, size));
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    TensorSpec x = x(inputs);
    List<TensorSpec> given = form.given(x);
    List<TensorSpec> outputs = form.outputs(x);
    List<TensorSpec> expected = new ArrayList<>(given);
    expected.addAll(outputs.subList(0, form.made()));
    if (all) {
      expected.add(outputs.get(0));
    }
    if (last) {
      expected.addAll(outputs.subList(form.made(), outputs.size()));
    }
    if (!inputs.equals(expected)) {
      throw new IllegalArgumentException("recurrence_gradient of " + inputs + " as " + form);
    }
    return ImmutableList.<TensorSpec>builder().add(x).addAll(form.first(given)).build();
  }

  /** Step by step, from the last one made to the first. */
  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    RecurrentCell cell = form.cell();
    Given<Value> given = given(inputs);
    List<List<Value>> made = given.made().stream().map(v -> StepValues.cut(ops, v)).toList();
    List<Value> upstreams = given.all() == null ? List.of() : StepValues.cut(ops, given.all());
    Value mask = form.mask(given.before());
    List<Value> masks = mask == null ? List.of() : StepValues.cut(ops, ops.step(mask));
    List<Value> states = made.get(0);
    int time = states.size();
    TensorSpec state = states.get(0).spec();
    List<Value> zeros = new ArrayList<>();
    for (int i = 0; i < cell.states(); i++) {
      zeros.add(ops.fill(0, state));
    }
    List<Value> gradients = given.last().isEmpty() ? zeros : given.last();
    Value[] x = new Value[time];
    for (int step = time - 1; step >= 0; step--) {
      int place = form.place(step, time);
      List<Value> before = form.started() ? form.first(given.before()) : zeros;
      if (step > 0) {
        before = states(made, form.place(step - 1, time));
      }
      if (!upstreams.isEmpty()) {
        gradients = with(ops, gradients, upstreams.get(place));
      }
      Value counts = masks.isEmpty() ? null : masks.get(place);
      List<Value> here = counts == null ? gradients : times(ops, counts, gradients);
      RecurrentCell.Step after =
          new RecurrentCell.Step(
              states(made, place),
              made.subList(cell.states(), made.size()).stream()
                  .map(steps -> steps.get(place))
                  .toList());
      RecurrentCell.Back back = cell.back(ops, before, given.before().get(0), after, here);
      x[place] = back.x();
      gradients =
          counts == null
              ? back.before()
              : added(ops, back.before(), times(ops, StepValues.without(ops, counts), gradients));
    }
    ImmutableList.Builder<Value> outputs = ImmutableList.builder();
    outputs.add(StepValues.join(ops, List.of(x)));
    return (form.started() ? outputs.addAll(gradients) : outputs).build();
  }

  /** The states after a step. */
  private List<Value> states(List<List<Value>> made, int place) {
    return made.subList(0, form.cell().states()).stream().map(steps -> steps.get(place)).toList();
  }

  private static List<Value> with(Ops ops, List<Value> gradients, Value first) {
    List<Value> sums = new ArrayList<>(gradients);
    sums.set(0, ops.add(gradients.get(0), first));
    return sums;
  }

  private static List<Value> times(Ops ops, Value mask, List<Value> values) {
    return values.stream().map(value -> ops.multiply(mask, value)).toList();
  }

  private static List<Value> added(Ops ops, List<Value> some, List<Value> others) {
    List<Value> sums = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      sums.add(ops.add(some.get(i), others.get(i)));
    }
    return sums;
  }
}
