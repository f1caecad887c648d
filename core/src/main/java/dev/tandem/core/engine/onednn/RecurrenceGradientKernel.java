package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Scratchpad;
import dev.tandem.core.engine.onednn.RecurrenceKernel.Bound;
import dev.tandem.core.op.recurrent.RecurrenceForm;
import dev.tandem.core.op.recurrent.RecurrenceGradient;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The way back along sequences: in each step a pass over the parts and a product. */
abstract class RecurrenceGradientKernel implements Kernel {

  final Bound bound;

  /** What the recurrence made: states, and what steps keep. */
  final List<StepRows> made = new ArrayList<>();

  /** The gradients at the states, after the step that comes next, then before it. */
  final float[][] gradients;

  /** The states before the step that comes next. */
  final float[][] before;

  private final List<StepRows> first;
  private final List<StepRows> last;
  private final List<Primitive> products = new ArrayList<>();
  private final StepRows x;
  private final @Nullable StepRows all;
  private final float[] upstream;
  private final @Nullable StepRows mask;
  private final float[] counts;
  private final float[][] past;
  private final List<StepRows> begins = new ArrayList<>();

  RecurrenceGradientKernel(Dnnl dnnl, Binding b) {
    RecurrenceGradient op = (RecurrenceGradient) b.call().op();
    RecurrenceGradient.Given<INDArray> given = op.given(b.inputs());
    this.bound = new Bound(dnnl, b, op.form(), given.before(), b.out(0));
    given.made().forEach(array -> made.add(bound.sequence(array)));
    this.first = op.form().first(given.before()).stream().map(bound::step).toList();
    this.last = given.last().stream().map(bound::step).toList();
    int count = op.form().cell().states();
    for (int i = 0; op.form().started() && i < count; i++) {
      begins.add(bound.step(b.out(1 + i)));
    }
    this.gradients = bound.numbers(count);
    this.before = bound.numbers(count);
    this.x = bound.sequence(b.out(0));
    INDArray upstreams = given.all();
    this.all = upstreams == null ? null : bound.sequence(upstreams);
    this.upstream = bound.numbers();
    this.mask = bound.mask();
    this.counts = mask == null ? upstream : bound.numbers();
    this.past = bound.numbers(mask == null ? 0 : count);
  }

  /** A product of this kernel's own. */
  final Primitive product(INDArray a, INDArray weights, INDArray out) {
    Primitive product = StepProduct.of(bound.dnnl, a, weights, out);
    products.add(product);
    return product;
  }

  /** Looks at the weights, which may be others in every run. */
  abstract void begin();

  /**
   * Stores the gradients at what the kernel makes of a step, and turns {@link #gradients} into
   * those before it.
   *
   * @param place of the step in the sequences
   * @param goesOn whether anybody wants those before it
   */
  abstract void step(int place, boolean goesOn);

  /** Stores a part of the gradient at a step. */
  final void store(int place, int part, float[] numbers) {
    x.store(place, part, numbers);
  }

  @Override
  public final void run() {
    RecurrenceForm form = bound.form;
    begin();
    for (int i = 0; i < gradients.length; i++) {
      load(last, i, gradients[i]);
    }
    for (int step = bound.time - 1; step >= 0; step--) {
      int place = form.place(step, bound.time);
      for (int i = 0; i < before.length; i++) {
        if (step > 0) {
          made.get(i).load(form.place(step - 1, bound.time), 0, before[i]);
        } else {
          load(first, i, before[i]);
        }
      }
      if (all != null) {
        all.load(place, 0, upstream);
        CellMath.add(gradients[0], upstream, gradients[0]);
      }
      if (mask != null) {
        mask.mask(place, bound.units, counts);
        for (int i = 0; i < past.length; i++) {
          CellMath.without(counts, gradients[i], past[i]);
          CellMath.multiply(counts, gradients[i], gradients[i]);
        }
      }
      step(place, step > 0 || form.started());
      for (int i = 0; i < past.length; i++) {
        CellMath.add(gradients[i], past[i], gradients[i]);
      }
    }
    for (int i = 0; i < begins.size(); i++) {
      begins.get(i).store(0, 0, gradients[i]);
    }
  }

  private static void load(List<StepRows> arrays, int index, float[] to) {
    if (arrays.isEmpty()) {
      Arrays.fill(to, 0);
    } else {
      arrays.get(index).load(0, 0, to);
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
