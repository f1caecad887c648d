package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.Binding;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The ways back through the cells whose functions are tanh and sigmoid. */
final class CellGradientKernels {

  private CellGradientKernels() {}

  /**
   * A product with the transpose of some columns of the kernel: scratch is (x, weights, product).
   */
  private static final class Outer {

    private final StepRows x;
    private final StepRows out;
    private final Primitive product;
    private final WeightColumns weights;

    Outer(RecurrenceGradientKernel kernel, int first, int beginPart) {
      INDArray rows = kernel.bound.binding.scratch(first);
      INDArray weights = kernel.bound.binding.scratch(first + 1);
      INDArray result = kernel.bound.binding.scratch(first + 2);
      this.x = kernel.bound.step(rows);
      this.out = kernel.bound.step(result);
      this.product = kernel.product(rows, weights, result);
      int begin = beginPart * kernel.bound.units;
      this.weights = new WeightColumns(kernel.bound.given.get(0), begin, true, weights);
    }

    void begin() {
      weights.run();
    }

    void part(int index, float[] numbers) {
      x.store(0, index, numbers);
    }

    void into(float[] numbers) {
      product.run();
      out.load(0, 0, numbers);
    }
  }

  /** h ← tanh(x + h · R). */
  static final class Simple extends RecurrenceGradientKernel {

    private final Outer outer = new Outer(this, 0, 0);
    private final float[] state = bound.numbers();
    private final float[] z = bound.numbers();

    Simple(Dnnl dnnl, Binding b) {
      super(dnnl, b);
    }

    @Override
    void begin() {
      outer.begin();
    }

    @Override
    void step(int place, boolean goesOn) {
      made.get(0).load(place, 0, state);
      CellMath.backTanh(gradients[0], state, z);
      store(place, 0, z);
      if (goesOn) {
        outer.part(0, z);
        outer.into(gradients[0]);
      }
    }
  }

  /** Gates in the order input, forget, cell, output. */
  static final class LongShortTerm extends RecurrenceGradientKernel {

    private final Outer outer = new Outer(this, 0, 0);
    private final float[][] gates = bound.numbers(4);
    private final float[][] z = bound.numbers(4);
    private final float[] cell = bound.numbers();
    private final float[] squashed = bound.numbers();
    private final float[] none = bound.numbers();

    LongShortTerm(Dnnl dnnl, Binding b) {
      super(dnnl, b);
    }

    @Override
    void begin() {
      outer.begin();
    }

    @Override
    void step(int place, boolean goesOn) {
      for (int i = 0; i < 4; i++) {
        made.get(2).load(place, i, gates[i]);
      }
      made.get(1).load(place, 0, cell);
      CellMath.tanh(cell, none, squashed);
      float[] h = gradients[0];
      float[] c = gradients[1];
      CellMath.backTanh(h, gates[3], squashed, cell);
      CellMath.add(c, cell, c);
      CellMath.backSigmoid(c, gates[2], gates[0], z[0]);
      CellMath.backSigmoid(c, before[1], gates[1], z[1]);
      CellMath.backTanh(c, gates[0], gates[2], z[2]);
      CellMath.backSigmoid(h, squashed, gates[3], z[3]);
      for (int i = 0; i < 4; i++) {
        store(place, i, z[i]);
      }
      if (goesOn) {
        CellMath.multiply(c, gates[1], c);
        for (int i = 0; i < 4; i++) {
          outer.part(i, z[i]);
        }
        outer.into(h);
      }
    }
  }

  /** Gates in the order update, reset, candidate. */
  static final class Gated extends RecurrenceGradientKernel {

    private final Outer outer = new Outer(this, 0, 0);
    private final @Nullable Outer third;
    private final float[][] gates = bound.numbers(3);
    private final float[][] z = bound.numbers(3);
    private final float[] stays = bound.numbers();
    private final float[] product = bound.numbers();

    Gated(Dnnl dnnl, Binding b, boolean resetAfter) {
      super(dnnl, b);
      this.third = resetAfter ? null : new Outer(this, 3, 2);
    }

    @Override
    void begin() {
      outer.begin();
      if (third != null) {
        third.begin();
      }
    }

    @Override
    void step(int place, boolean goesOn) {
      for (int i = 0; i < 3; i++) {
        made.get(1).load(place, i, gates[i]);
      }
      float[] h = gradients[0];
      CellMath.without(gates[0], h, product);
      CellMath.backTanh(product, gates[2], z[2]);
      CellMath.timesDifference(h, before[0], gates[2], product);
      CellMath.backSigmoid(product, gates[0], z[0]);
      CellMath.multiply(h, gates[0], stays);
      if (third == null) {
        made.get(2).load(place, 0, product);
        CellMath.backSigmoid(z[2], product, gates[1], z[1]);
        CellMath.multiply(z[2], gates[1], product);
        outer.part(2, product);
      } else {
        third.part(0, z[2]);
        third.into(product);
        CellMath.backSigmoid(product, before[0], gates[1], z[1]);
        CellMath.multiply(product, gates[1], product);
        CellMath.add(stays, product, stays);
      }
      for (int i = 0; i < 3; i++) {
        store(place, i, z[i]);
      }
      if (goesOn) {
        outer.part(0, z[0]);
        outer.part(1, z[1]);
        outer.into(product);
        CellMath.add(stays, product, h);
      }
    }
  }
}
