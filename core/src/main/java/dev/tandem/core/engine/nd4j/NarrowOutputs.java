package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.FewChannels;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolutions with steps of 1 to {@linkplain FewChannels few} channels, and their gradients. */
final class NarrowOutputs {

  private record Turn(long size, DataType dtype) {}

  private NarrowOutputs() {}

  /** The convolution: windows of the turned kernel, added where they overlap. */
  static HostKernelChoice forward(ConvGeometry geometry, Value x, Value kernel) {
    Shape size = kernel.shape();
    int top = (int) size.size(0) - 1 - geometry.top();
    int left = (int) size.size(1) - 1 - geometry.left();
    ColumnImage windows = new ColumnImage(1, 1, top, left, size.size(0), size.size(1));
    return Choice.of(
            b ->
                Sequence.of(
                    outputsFirst(b.in(1), b.scratch(0)),
                    turn(b, size),
                    windows.bind(b.in(0), asRows(b.scratch(1), size), b.scratch(2), b.out())))
        .scratch(kernel.spec(), kernel.spec(), windows.windows(x.spec(), size.size(3)));
  }

  /** The kernel as (height · width · out, in). */
  private static INDArray asRows(INDArray kernel, Shape size) {
    return Shapes.reshaped(kernel, size.size(0) * size.size(1) * size.size(3), size.size(2));
  }

  /** From (height, width, in, out) to (height, width, out, in), in memory. */
  private static Kernel outputsFirst(INDArray kernel, INDArray to) {
    long window = kernel.size(0) * kernel.size(1);
    return Shapes.permute(
        Shapes.reshaped(kernel, window, kernel.size(2), kernel.size(3)),
        Shapes.reshaped(to, window, kernel.size(3), kernel.size(2)),
        0,
        2,
        1);
  }

  /** The window backwards: a product with a permutation. */
  private static Kernel turn(Binding b, Shape size) {
    long window = size.size(0) * size.size(1);
    DataType dtype = b.out().dataType();
    INDArray backwards = b.constants().get(new Turn(window, dtype), () -> turn(window, dtype));
    return Products.matmul(
        backwards,
        Shapes.reshaped(b.scratch(0), window, size.size(2) * size.size(3)),
        false,
        false,
        Shapes.reshaped(b.scratch(1), window, size.size(2) * size.size(3)));
  }

  private static INDArray turn(long window, DataType dtype) {
    INDArray backwards = OwnedArrays.create(dtype, window, window).assign(0);
    for (long i = 0; i < window; i++) {
      backwards.putScalar(i, window - 1 - i, 1);
    }
    return backwards;
  }

  /** Both gradients of a convolution with an output for each pixel. */
  static HostKernelChoice gradients(ConvGeometry geometry, Value x, Value kernel, Value g) {
    PixelColumns columns = PixelColumns.ofGradient(geometry, kernel.shape(), g.spec());
    return columns.choice(
        kernel.spec(),
        b ->
            Sequence.of(
                columns.bind(b, b.in(2)),
                atImage(b, columns, b.in(1), b.out(0)),
                atKernel(b, columns, b.in(0), b.out(1))));
  }

  /** The gradient at the image of a convolution with an output for each pixel. */
  static HostKernelChoice inputGradient(ConvGeometry geometry, Value kernel, Value g) {
    PixelColumns columns = PixelColumns.ofGradient(geometry, kernel.shape(), g.spec());
    return columns.choice(
        kernel.spec(),
        b -> Sequence.of(columns.bind(b, b.in(1)), atImage(b, columns, b.in(0), b.out())));
  }

  /** The gradient at the kernel of a convolution with an output for each pixel. */
  static HostKernelChoice kernelGradient(ConvGeometry geometry, Value x, Value g, Shape kernel) {
    PixelColumns columns = PixelColumns.ofGradient(geometry, kernel, g.spec());
    return columns.choice(
        g.spec().withShape(kernel),
        b -> Sequence.of(columns.bind(b, b.in(1)), atKernel(b, columns, b.in(0), b.out())));
  }

  private static Kernel atImage(Binding b, PixelColumns columns, INDArray kernel, INDArray gx) {
    INDArray rows = b.scratch(PixelColumns.WEIGHTS);
    INDArray pixels = Shapes.reshaped(gx, columns.pixels(), gx.size(3));
    return Sequence.of(
        outputsFirst(kernel, rows),
        Products.matmul(
            columns.columns(b), asRows(rows, Shape.of(kernel.shape())), true, false, pixels));
  }

  private static Kernel atKernel(Binding b, PixelColumns columns, INDArray x, INDArray gKernel) {
    INDArray rows = b.scratch(PixelColumns.WEIGHTS);
    INDArray pixels = Shapes.reshaped(x, columns.pixels(), x.size(3));
    Shape size = Shape.of(gKernel.shape());
    long window = size.size(0) * size.size(1);
    return Sequence.of(
        Products.matmul(columns.columns(b), pixels, false, false, asRows(rows, size)),
        Shapes.permute(
            Shapes.reshaped(rows, window, size.size(3), size.size(2)),
            Shapes.reshaped(gKernel, window, size.size(2), size.size(3)),
            0,
            2,
            1));
  }
}
