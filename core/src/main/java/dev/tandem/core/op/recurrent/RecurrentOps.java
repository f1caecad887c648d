package dev.tandem.core.op.recurrent;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recurrences. */
public final class RecurrentOps {

  private RecurrentOps() {}

  /**
   * A cell run along sequences.
   *
   * @param x what the kernel, with its bias, makes of the sequences: (batch, time, gates · units)
   * @param first the states to begin with, (batch, units) each; empty for zeros
   * @param reverse whether it goes from the last step to the first; the sequence of states has the
   *     order of x all the same
   * @param mask (batch, time), above 0 for each step that counts; the states go past others
   *     unchanged. Null if all count.
   */
  public static Run run(
      Ops ops,
      RecurrentCell cell,
      Value x,
      RecurrentWeights weights,
      List<Value> first,
      boolean reverse,
      @Nullable Value mask) {
    Value bias = weights.bias();
    RecurrenceForm form =
        new RecurrenceForm(cell, reverse, bias != null, !first.isEmpty(), mask != null);
    List<Value> inputs = new ArrayList<>(List.of(x, weights.kernel()));
    if (bias != null) {
      inputs.add(bias);
    }
    inputs.addAll(first);
    if (mask != null) {
      inputs.add(mask);
    }
    List<Value> outputs = ops.apply(new Recurrence(form), inputs);
    return new Run(
        outputs.get(0), ImmutableList.copyOf(outputs.subList(form.made(), outputs.size())));
  }

  /**
   * What a recurrence makes.
   *
   * @param sequence the first state after each step, (batch, time, units)
   * @param states the last states, (batch, units) each
   */
  public record Run(Value sequence, ImmutableList<Value> states) {}
}
