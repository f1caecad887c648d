package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Scratchpad;
import dev.tandem.core.op.recurrent.Recurrence;
import dev.tandem.core.op.recurrent.RecurrenceForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A cell run along sequences: in each step a product of the state and a pass over the parts. */
abstract class RecurrenceKernel implements Kernel {

  /** What is bound, and sizes. */
  static final class Bound {

    final Dnnl dnnl;
    final Binding binding;
    final RecurrenceForm form;
    final List<INDArray> given;
    final int batch;
    final int time;
    final int units;

    /**
     * @param given from the kernel to the mask
     * @param sequences (batch, time, …)
     */
    Bound(
        Dnnl dnnl, Binding binding, RecurrenceForm form, List<INDArray> given, INDArray sequences) {
      this.dnnl = dnnl;
      this.binding = binding;
      this.form = form;
      this.given = given;
      this.batch = Math.toIntExact(sequences.size(0));
      this.time = Math.toIntExact(sequences.size(1));
      this.units = form.cell().units();
    }

    static Bound of(Dnnl dnnl, Binding binding) {
      RecurrenceForm form = ((Recurrence) binding.call().op()).form();
      List<INDArray> inputs = binding.inputs();
      return new Bound(dnnl, binding, form, inputs.subList(1, inputs.size()), inputs.get(0));
    }

    /** A sequence. */
    StepRows sequence(INDArray array) {
      return new StepRows(array, batch, time, units);
    }

    /** One step alone. */
    StepRows step(INDArray array) {
      return new StepRows(array, batch, 1, units);
    }

    @Nullable StepRows mask() {
      INDArray mask = form.mask(given);
      return mask == null ? null : new StepRows(mask, batch, time, 1);
    }

    float[] numbers() {
      return new float[batch * units];
    }

    float[][] numbers(int parts) {
      float[][] numbers = new float[parts][];
      for (int i = 0; i < parts; i++) {
        numbers[i] = numbers();
      }
      return numbers;
    }
  }

  final Bound bound;
  final StepRows x;

  /** The sequences that are made: states, and what steps keep. */
  final List<StepRows> made = new ArrayList<>();

  /** The states after the step that ran last. */
  final float[][] states;

  /** Zeros, never written. */
  final float[] none;

  private final List<StepRows> first = new ArrayList<>();
  private final List<StepRows> last = new ArrayList<>();
  private final List<Primitive> products = new ArrayList<>();
  private final float[][] before;
  private final @Nullable StepRows mask;
  private final float[] counts;

  RecurrenceKernel(Bound bound) {
    this.bound = bound;
    this.x = bound.sequence(bound.binding.in(0));
    int count = bound.form.cell().states();
    bound.binding.outputs().subList(0, bound.form.made()).forEach(a -> made.add(bound.sequence(a)));
    bound.form.first(bound.given).forEach(array -> first.add(bound.step(array)));
    for (int i = 0; i < count; i++) {
      last.add(bound.step(bound.binding.out(bound.form.made() + i)));
    }
    this.states = bound.numbers(count);
    this.none = bound.numbers();
    this.mask = bound.mask();
    this.before = bound.numbers(mask == null ? 0 : count);
    this.counts = mask == null ? none : bound.numbers();
  }

  /** A product of this kernel's own. */
  final Primitive product(INDArray x, INDArray weights, INDArray out) {
    Primitive product = StepProduct.of(bound.dnnl, x, weights, out);
    products.add(product);
    return product;
  }

  /** Looks at the weights, which may be others in every run. */
  void begin() {}

  /**
   * Computes the next states and stores what the step keeps.
   *
   * @param place of the step in the sequences
   * @param begun whether there are states before it
   */
  abstract void step(int place, boolean begun);

  @Override
  public final void run() {
    RecurrenceForm form = bound.form;
    begin();
    for (int i = 0; i < states.length; i++) {
      if (first.isEmpty()) {
        Arrays.fill(states[i], 0);
      } else {
        first.get(i).load(0, 0, states[i]);
      }
    }
    for (int step = 0; step < bound.time; step++) {
      int place = form.place(step, bound.time);
      boolean begun = step > 0 || form.started();
      for (int i = 0; i < before.length; i++) {
        System.arraycopy(states[i], 0, before[i], 0, states[i].length);
      }
      step(place, begun);
      if (mask != null) {
        past(mask, place, begun);
      }
      for (int i = 0; i < states.length; i++) {
        made.get(i).store(place, 0, states[i]);
      }
    }
    for (int i = 0; i < states.length; i++) {
      last.get(i).store(0, 0, states[i]);
    }
  }

  private void past(StepRows counted, int place, boolean begun) {
    counted.mask(place, bound.units, counts);
    for (int i = 0; i < states.length; i++) {
      if (begun) {
        CellMath.blend(counts, states[i], before[i], states[i]);
      } else {
        CellMath.multiply(counts, states[i], states[i]);
      }
    }
  }

  @Override
  public final void workIn(Scratchpad pad) {
    products.forEach(product -> product.workIn(pad));
  }

  @Override
  public final void close() {
    products.forEach(Primitive::close);
  }
}
