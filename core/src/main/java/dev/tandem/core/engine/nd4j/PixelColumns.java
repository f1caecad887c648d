package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.engine.nd4j.ShiftedColumns.Shift;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The matrix (height · width · channels, pixels) of what each step of a kernel's window meets, for
 * values of a few channels. Values of which a window meets every second, third … are split into
 * planes first, one for each place within a stride.
 *
 * <p>A row {@code a b c d e f} of an image, and a window of 4 with stride 2 and 1 zero before: the
 * planes are {@code a c e} and {@code b d f}, and the rows of the matrix, of one element for each
 * of the 3 places of the window,
 *
 * <pre>
 * step 0, at -1   0 b d     plane 1, one to the left
 * step 1, at  0   a c e     plane 0
 * step 2, at  1   b d f     plane 1
 * step 3, at  2   c e 0     plane 0, one to the right
 * </pre>
 */
final class PixelColumns {

  /** The scratch buffer of the choice that is the caller's. */
  static final int WEIGHTS = 3;

  private final ShiftedColumns shifted;
  private final int strideHeight;
  private final int strideWidth;
  private final TensorSpec values;

  private PixelColumns(
      ShiftedColumns shifted, int strideHeight, int strideWidth, TensorSpec values) {
    this.shifted = shifted;
    this.strideHeight = strideHeight;
    this.strideWidth = strideWidth;
    this.values = values;
  }

  /**
   * Of the gradient at the output of a convolution with steps of 1 and an output for each pixel:
   * the rows are (height · width · out).
   */
  static PixelColumns ofGradient(ConvGeometry geometry, Shape kernel, TensorSpec gradient) {
    List<Shift> shifts = new ArrayList<>();
    for (long row = 0; row < kernel.size(0); row++) {
      for (long column = 0; column < kernel.size(1); column++) {
        for (int channel = 0; channel < kernel.size(3); channel++) {
          shifts.add(new Shift(channel, geometry.top() - row, geometry.left() - column));
        }
      }
    }
    return new PixelColumns(columns(gradient, 1, 1, shifts), 1, 1, gradient);
  }

  /** Of the image of a convolution in whole strides: the rows are (height · width · in). */
  static PixelColumns ofImage(ConvGeometry geometry, Shape kernel, TensorSpec image) {
    int down = geometry.strideHeight();
    int right = geometry.strideWidth();
    List<Shift> shifts = new ArrayList<>();
    for (long row = -geometry.top(); row < kernel.size(0) - geometry.top(); row++) {
      for (long column = -geometry.left(); column < kernel.size(1) - geometry.left(); column++) {
        for (int channel = 0; channel < kernel.size(2); channel++) {
          int plane =
              (channel * down + Math.floorMod(row, down)) * right + Math.floorMod(column, right);
          shifts.add(new Shift(plane, Math.floorDiv(row, down), Math.floorDiv(column, right)));
        }
      }
    }
    return new PixelColumns(columns(image, down, right, shifts), down, right, image);
  }

  private static ShiftedColumns columns(
      TensorSpec values, int down, int right, List<Shift> shifts) {
    Shape shape = values.shape();
    int planes = (int) shape.size(3) * down * right;
    return new ShiftedColumns(
        shape.size(0), shape.size(1) / down, shape.size(2) / right, planes, shifts);
  }

  /** The length of a row: one element for each place of the window. */
  long pixels() {
    return shifted.batch() * shifted.height() * shifted.width();
  }

  /** A choice with the buffers of this, and one more of the caller's. */
  Choice choice(TensorSpec weights, Function<Binding, Kernel> binder) {
    return Choice.of(binder)
        .scratch(values, shifted.roomy(values.dtype()), shifted.columns(values.dtype()), weights);
  }

  /** The matrix. */
  INDArray columns(Binding b) {
    return b.scratch(2);
  }

  /** Writes the matrix. */
  Kernel bind(Binding b, INDArray from) {
    List<Kernel> kernels = new ArrayList<>();
    INDArray planes = from;
    if (shifted.planes() > 1) {
      kernels.add(split(from, b.scratch(0)));
      planes = b.scratch(0);
    }
    for (int i = 0; i < shifted.planes(); i++) {
      INDArray to = shifted.plane(b.scratch(1), i);
      kernels.add(Shapes.assign(Shapes.stretch(planes, i * pixels(), to.shape()), to));
    }
    kernels.add(shifted.bind(b.scratch(1), b.scratch(2), b.constants()));
    return Sequence.of(kernels);
  }

  /** From (batch, height, width, channels) to (channels, places in a stride, batch, the rest). */
  private Kernel split(INDArray from, INDArray to) {
    long batch = shifted.batch();
    long height = shifted.height();
    long width = shifted.width();
    long channels = from.size(3);
    return Shapes.permute(
        Shapes.reshaped(from, batch, height, strideHeight, width, strideWidth, channels),
        Shapes.reshaped(to, channels, strideHeight, strideWidth, batch, height, width),
        5,
        2,
        4,
        0,
        1,
        3);
  }
}
