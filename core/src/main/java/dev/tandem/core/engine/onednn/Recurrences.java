package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.recurrent.GatedCell;
import dev.tandem.core.op.recurrent.LongShortTermCell;
import dev.tandem.core.op.recurrent.Recurrence;
import dev.tandem.core.op.recurrent.RecurrenceForm;
import dev.tandem.core.op.recurrent.RecurrenceGradient;
import dev.tandem.core.op.recurrent.RecurrentCell;
import dev.tandem.core.op.recurrent.SimpleCell;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Recurrences of cells whose functions are tanh and sigmoid, and their gradients. */
final class Recurrences {

  private Recurrences() {}

  /** How a recurrence or its gradient runs, or null if its parts have to. */
  static @Nullable HostKernelChoice of(Dnnl dnnl, OpCall call) {
    if (call.op() instanceof Recurrence op && op.form().cell().isUsual() && fits(call)) {
      return alone(call, op.form(), new Forward(dnnl, op.form(), call.inputs().get(0).shape()));
    } else if (call.op() instanceof RecurrenceGradient op
        && op.form().cell().isUsual()
        && fits(call)) {
      Value states = op.given(call.inputs()).made().get(0);
      int gates = op.given(call.inputs()).before().size() + gatesAt(op.form().cell());
      return alone(call, op.form(), new Backward(dnnl, op.form(), states.shape(), gates));
    }
    return null;
  }

  /** Java counts the numbers of memory in ints. */
  private static boolean fits(OpCall call) {
    return Stream.concat(call.inputs().stream(), call.outputs().stream())
        .allMatch(value -> value.shape().length() <= Integer.MAX_VALUE);
  }

  private static HostKernelChoice alone(OpCall call, RecurrenceForm form, HostKernelChoice choice) {
    double units = form.cell().units();
    double work = call.outputs().get(0).shape().size(0) * units * units * form.cell().gates();
    return work < OneThread.FEW_PRODUCTS ? new OneThread(choice) : choice;
  }

  /** Which of the sequences that are made has as many numbers as x, in the same order. */
  private static int gatesAt(RecurrentCell cell) {
    return cell.kept().isEmpty() ? 0 : cell.states();
  }

  private static TensorSpec matrix(long rows, long columns) {
    return TensorSpec.of(rows, columns);
  }

  private record Forward(Dnnl dnnl, RecurrenceForm form, Shape x) implements HostKernelChoice {

    @Override
    public List<TensorSpec> scratch() {
      long batch = x.size(0);
      long units = form.cell().units();
      TensorSpec state = matrix(batch, units);
      if (form.cell() instanceof GatedCell gated && !gated.resetAfter()) {
        return List.of(
            state,
            matrix(batch, 2 * units),
            state,
            state,
            matrix(units, 2 * units),
            matrix(units, units));
      }
      return List.of(state, matrix(batch, form.cell().gates() * units));
    }

    /** Each part of a step is read before it is written. */
    @Override
    public boolean mayShare(int output, int input) {
      return input == 0 && output == gatesAt(form.cell());
    }

    @Override
    public Kernel bind(Binding b) {
      RecurrenceKernel.Bound bound = RecurrenceKernel.Bound.of(dnnl, b);
      RecurrentCell cell = form.cell();
      if (cell instanceof SimpleCell) {
        return new CellKernels.Simple(bound);
      } else if (cell instanceof LongShortTermCell) {
        return new CellKernels.LongShortTerm(bound);
      }
      return new CellKernels.Gated(bound, ((GatedCell) cell).resetAfter());
    }
  }

  private record Backward(Dnnl dnnl, RecurrenceForm form, Shape states, int gates)
      implements HostKernelChoice {

    @Override
    public List<TensorSpec> scratch() {
      long batch = states.size(0);
      long units = form.cell().units();
      TensorSpec state = matrix(batch, units);
      if (form.cell() instanceof GatedCell gated && !gated.resetAfter()) {
        return List.of(
            matrix(batch, 2 * units),
            matrix(2 * units, units),
            state,
            state,
            matrix(units, units),
            state);
      }
      long size = form.cell().gates() * units;
      return List.of(matrix(batch, size), matrix(size, units), state);
    }

    @Override
    public boolean mayShare(int output, int input) {
      return output == 0 && input == gates;
    }

    @Override
    public Kernel bind(Binding b) {
      RecurrentCell cell = form.cell();
      if (cell instanceof SimpleCell) {
        return new CellGradientKernels.Simple(dnnl, b);
      } else if (cell instanceof LongShortTermCell) {
        return new CellGradientKernels.LongShortTerm(dnnl, b);
      }
      return new CellGradientKernels.Gated(dnnl, b, ((GatedCell) cell).resetAfter());
    }
  }
}
