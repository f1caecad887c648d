package dev.tandem.core.engine.nd4j;

import com.google.common.primitives.Longs;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Native ops of windows that walk over images. */
final class Windows {

  private Windows() {}

  /** Whether the native ops lay these zeros: one number a side, or as SAME does. */
  static boolean areNative(ConvGeometry geometry, Shape image, long height, long width) {
    return geometry.isSymmetric() || geometry.isSame(image.size(1), image.size(2), height, width);
  }

  /**
   * A native op of windows.
   *
   * @param further the arguments behind those of the window
   */
  static Kernel run(
      String op,
      List<INDArray> inputs,
      List<INDArray> outputs,
      ConvGeometry geometry,
      long height,
      long width,
      long... further) {
    boolean symmetric = geometry.isSymmetric();
    long[] window = {
      height,
      width,
      geometry.strideHeight(),
      geometry.strideWidth(),
      symmetric ? geometry.top() : 0,
      symmetric ? geometry.left() : 0,
      geometry.dilationHeight(),
      geometry.dilationWidth(),
      symmetric ? 0 : 1
    };
    long[] arguments = Longs.concat(window, further);
    // oneDNN, the helper of these ops, refuses dilation
    boolean dilated = geometry.dilationHeight() > 1 || geometry.dilationWidth() > 1;
    return dilated
        ? Native.withoutHelpers(op, inputs, outputs, arguments)
        : Native.custom(op, inputs, outputs, arguments);
  }

  /**
   * From (kernel, gradient) to the gradient at the image, by a native op that gives those at image
   * and kernel and reads the image for the kernel's alone.
   */
  static HostKernelChoice atImage(
      String op, OpCall call, ConvGeometry geometry, Shape kernel, long... further) {
    return Choice.of(
            b ->
                run(
                    op,
                    List.of(b.scratch(0), b.in(0), b.in(1)),
                    List.of(b.out(), b.scratch(1)),
                    geometry,
                    kernel.size(0),
                    kernel.size(1),
                    further))
        .scratch(call.outputs().get(0).spec(), call.inputs().get(0).spec());
  }

  /** From (image, gradient) to the gradient at the kernel, by such an op. */
  static HostKernelChoice atKernel(
      String op, OpCall call, ConvGeometry geometry, Shape kernel, long... further) {
    return Choice.of(
            b ->
                run(
                    op,
                    List.of(b.in(0), b.scratch(0), b.in(1)),
                    List.of(b.scratch(1), b.out()),
                    geometry,
                    kernel.size(0),
                    kernel.size(1),
                    further))
        .scratch(call.outputs().get(0).spec(), call.inputs().get(0).spec());
  }
}
