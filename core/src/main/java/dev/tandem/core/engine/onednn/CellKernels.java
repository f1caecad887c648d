package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.onednn.RecurrenceKernel.Bound;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The cells whose functions are tanh and sigmoid. */
final class CellKernels {

  private CellKernels() {}

  /** Adds a product of the state: scratch is (state, product). */
  private static final class Inner {

    private final StepRows state;
    private final StepRows rows;
    private final Primitive product;
    final float[][] parts;

    Inner(RecurrenceKernel kernel, int first, INDArray weights) {
      Bound bound = kernel.bound;
      INDArray x = bound.binding.scratch(first);
      INDArray out = bound.binding.scratch(first + 1);
      this.state = bound.step(x);
      this.rows = bound.step(out);
      this.product = kernel.product(x, weights, out);
      this.parts = bound.numbers(rows.parts());
    }

    /** The parts of state · weights. */
    void of(float[] numbers) {
      state.store(0, 0, numbers);
      product.run();
      for (int i = 0; i < parts.length; i++) {
        rows.load(0, i, parts[i]);
      }
    }

    void zero() {
      for (float[] part : parts) {
        Arrays.fill(part, 0);
      }
    }
  }

  /** h ← tanh(x + h · R). */
  static final class Simple extends RecurrenceKernel {

    private final Inner inner = new Inner(this, 0, bound.given.get(0));
    private final float[] z = bound.numbers();

    Simple(Bound bound) {
      super(bound);
    }

    @Override
    void step(int place, boolean begun) {
      x.load(place, 0, z);
      if (begun) {
        inner.of(states[0]);
      } else {
        inner.zero();
      }
      CellMath.tanh(z, inner.parts[0], states[0]);
    }
  }

  /** Gates in the order input, forget, cell, output. */
  static final class LongShortTerm extends RecurrenceKernel {

    private final Inner inner = new Inner(this, 0, bound.given.get(0));
    private final float[][] gates = bound.numbers(4);
    private final float[] z = bound.numbers();
    private final float[] squashed = bound.numbers();

    LongShortTerm(Bound bound) {
      super(bound);
    }

    @Override
    void step(int place, boolean begun) {
      if (begun) {
        inner.of(states[0]);
      } else {
        inner.zero();
      }
      for (int i = 0; i < 4; i++) {
        x.load(place, i, z);
        if (i == 2) {
          CellMath.tanh(z, inner.parts[i], gates[i]);
        } else {
          CellMath.sigmoid(z, inner.parts[i], gates[i]);
        }
      }
      for (int i = 0; i < 4; i++) {
        made.get(2).store(place, i, gates[i]);
      }
      if (begun) {
        CellMath.products(gates[1], states[1], gates[0], gates[2], states[1]);
      } else {
        CellMath.multiply(gates[0], gates[2], states[1]);
      }
      CellMath.tanh(states[1], none, squashed);
      CellMath.multiply(gates[3], squashed, states[0]);
    }
  }

  /** Gates in the order update, reset, candidate. */
  static final class Gated extends RecurrenceKernel {

    private final boolean resetAfter;
    private final List<WeightColumns> columns = new ArrayList<>();
    private final FloatBuffer biases;
    private final Inner inner;
    private final @Nullable Inner third;
    private final float[][] gates = bound.numbers(3);
    private final float[][] z = bound.numbers(3);
    private final float[][] bias = bound.numbers(3);
    private final float[] product = bound.numbers();

    Gated(Bound bound, boolean resetAfter) {
      super(bound);
      INDArray kernel = bound.given.get(0);
      this.biases = StepRows.numbers(bound.given.get(bound.form.biased() ? 1 : 0));
      this.resetAfter = resetAfter;
      if (resetAfter) {
        this.inner = new Inner(this, 0, kernel);
        this.third = null;
      } else {
        this.inner = new Inner(this, 0, bound.binding.scratch(4));
        this.third = new Inner(this, 2, bound.binding.scratch(5));
        columns.add(new WeightColumns(kernel, 0, false, bound.binding.scratch(4)));
        columns.add(new WeightColumns(kernel, 2 * bound.units, false, bound.binding.scratch(5)));
      }
    }

    @Override
    void begin() {
      columns.forEach(WeightColumns::run);
      for (int part = 0; bound.form.biased() && part < 3; part++) {
        for (int row = 0; row < bound.batch; row++) {
          biases.get(part * bound.units, bias[part], row * bound.units, bound.units);
        }
      }
    }

    @Override
    void step(int place, boolean begun) {
      boolean biased = bound.form.biased();
      for (int i = 0; i < 3; i++) {
        x.load(place, i, z[i]);
      }
      if (begun) {
        inner.of(states[0]);
      } else {
        inner.zero();
      }
      for (int i = 0; biased && i < 3; i++) {
        CellMath.add(inner.parts[i], bias[i], inner.parts[i]);
      }
      CellMath.sigmoid(z[0], inner.parts[0], gates[0]);
      CellMath.sigmoid(z[1], inner.parts[1], gates[1]);
      CellMath.tanh(z[2], remembered(begun, biased), gates[2]);
      for (int i = 0; i < 3; i++) {
        made.get(1).store(place, i, gates[i]);
      }
      if (resetAfter) {
        made.get(2).store(place, 0, inner.parts[2]);
      }
      if (begun) {
        CellMath.blend(gates[0], states[0], gates[2], states[0]);
      } else {
        CellMath.without(gates[0], gates[2], states[0]);
      }
    }

    /** What is added to the candidate's part. */
    private float[] remembered(boolean begun, boolean biased) {
      if (third == null) {
        if (!begun && !biased) {
          return none;
        }
        CellMath.multiply(gates[1], inner.parts[2], product);
        return product;
      } else if (!begun) {
        return none;
      }
      CellMath.multiply(gates[1], states[0], product);
      third.of(product);
      return third.parts[0];
    }
  }
}
