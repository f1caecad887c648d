package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.FewChannels;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Gradients of convolutions of images with {@linkplain FewChannels few} channels. */
final class NarrowInputs {

  private NarrowInputs() {}

  /** The gradient at the image: windows, added where they overlap. */
  static HostKernelChoice inputGradient(ConvGeometry geometry, Value kernel, Value g) {
    Shape size = kernel.shape();
    ColumnImage windows =
        new ColumnImage(
            geometry.strideHeight(),
            geometry.strideWidth(),
            geometry.top(),
            geometry.left(),
            size.size(0),
            size.size(1));
    return Choice.of(b -> windows.bind(b.in(1), asRows(b.in(0)), b.scratch(0), b.out()))
        .scratch(windows.windows(g.spec(), size.size(2)));
  }

  /** The gradient at the kernel, of an image in whole strides. */
  static HostKernelChoice kernelGradient(ConvGeometry geometry, Value x, Value g, Shape kernel) {
    PixelColumns columns = PixelColumns.ofImage(geometry, kernel, x.spec());
    return columns.choice(
        g.spec().withShape(Shape.of(1)),
        b ->
            Sequence.of(
                columns.bind(b, b.in(0)),
                Products.matmul(
                    columns.columns(b),
                    Shapes.reshaped(b.in(1), columns.pixels(), kernel.size(3)),
                    false,
                    false,
                    asRows(b.out()))));
  }

  /** The kernel as (height · width · in, out). */
  private static INDArray asRows(INDArray kernel) {
    return Shapes.reshaped(
        kernel, kernel.size(0) * kernel.size(1) * kernel.size(2), kernel.size(3));
  }
}
