package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.recurrent.GatedCell;
import dev.tandem.core.op.recurrent.Recurrence;
import dev.tandem.core.op.recurrent.RecurrenceForm;
import dev.tandem.core.op.recurrent.RecurrenceGradient;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Recurrences of tanh and sigmoid, and their gradients: a product and a kernel for each step. */
abstract class RecurrenceSteps implements CudaChoice {

  final OpCall call;
  final RecurrenceForm form;
  final TensorSpec spec;
  final CType type;
  final long batch;
  final long time;
  final long units;
  final long gates;

  /** How many numbers a state has. */
  final long states;

  /**
   * The sizes.
   *
   * @param x (batch, time, gates · units)
   */
  RecurrenceSteps(OpCall call, RecurrenceForm form, TensorSpec x) {
    this.call = call;
    this.form = form;
    this.spec = x;
    this.type = Objects.requireNonNull(CType.of(x.dtype()));
    this.batch = x.shape().size(0);
    this.time = x.shape().size(1);
    this.units = form.cell().units();
    this.gates = form.cell().gates();
    this.states = batch * units;
  }

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    CType type = CType.of(call.outputs().get(0).dtype());
    if (type == null || !type.isFloating()) {
      return null;
    } else if (call.op() instanceof Recurrence op && op.form().cell().isUsual()) {
      return new RecurrenceForward(call, op.form());
    } else if (call.op() instanceof RecurrenceGradient op && op.form().cell().isUsual()) {
      return new RecurrenceBackward(call, op);
    }
    return null;
  }

  /** Whether the reset gate stands before a product of its own. */
  final boolean resetsBefore() {
    return form.cell() instanceof GatedCell gated && !gated.resetAfter();
  }

  /** A matrix (batch, parts · units). */
  final TensorSpec rows(long parts) {
    return spec.withShape(Shape.of(batch, parts * units));
  }

  /** The numbers of sequences (batch, time, parts · units). */
  final long sequence(long parts) {
    return states * time * parts;
  }

  /** out (batch, gates · units) = state · kernel. */
  final Command forward(long state, long kernel, long out) {
    return new Command.Product(
        spec.dtype(),
        Precision.FLOAT32,
        1,
        batch,
        units,
        gates * units,
        false,
        false,
        state,
        kernel,
        0,
        false,
        0,
        out);
  }

  /** out (batch, units) = x · kernelᵀ, and out itself if it adds. */
  final Command backward(long x, long kernel, boolean adds, long out) {
    return new Command.Product(
        spec.dtype(),
        Precision.FLOAT32,
        1,
        batch,
        gates * units,
        units,
        false,
        true,
        x,
        kernel,
        0,
        false,
        adds ? out : 0,
        out);
  }

  final Command copy(long from, long to) {
    return new Command.Copy(from, to, states * type.bytes());
  }

  final Command run(StepKernel kernel, String statements) {
    return kernel.over(states, units, sequence(gates + 1), statements);
  }

  /** The element of a part of a sequence at the step that runs. */
  final String at(String sequence, long parts, long part) {
    return sequence + "[(at * " + parts + " + " + part + ") * " + units + " + col]";
  }

  /** The element of a part of a matrix. */
  final String of(String rows, long parts, long part) {
    return rows + "[(row * " + parts + " + " + part + ") * " + units + " + col]";
  }

  /** Where a step stands in sequences of one number a step. */
  final String place() {
    return "    const I at = row * " + time + " + place;\n";
  }

  /** Whether a step counts. */
  final String counts() {
    return form.masked() ? "    const bool counts = mask[at] > 0;\n" : "";
  }

  /** A declared number. */
  final String number(String name, String value) {
    return "    " + type.text() + " " + name + " = " + value + ";\n";
  }

  final String tanh(String x) {
    return type.function("tanh") + "(" + x + ")";
  }

  final String sigmoid(String x) {
    String one = type.number(1);
    return one + " / (" + one + " + " + type.function("exp") + "(-(" + x + ")))";
  }

  final String store(String element, String value) {
    return "    " + element + " = " + value + ";\n";
  }

  /** The mask among what begins with the kernel. */
  final StepKernel masked(StepKernel kernel, List<Long> given) {
    Long mask = form.mask(given);
    return mask == null ? kernel : kernel.reads("mask", mask, batch * time);
  }

  @Override
  public List<TensorSpec> scratch() {
    ImmutableList.Builder<TensorSpec> scratch = ImmutableList.builder();
    return scratch.add(rows(gates)).add(rows(1)).add(rows(1)).add(rows(1)).build();
  }
}
