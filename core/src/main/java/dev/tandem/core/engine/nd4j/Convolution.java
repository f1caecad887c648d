package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.op.Conv2D;
import dev.tandem.core.op.Conv2DInputGradient;
import dev.tandem.core.op.Conv2DKernelGradient;
import dev.tandem.core.op.ConvGeometry;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Convolutions and their gradients. */
final class Convolution {

  private static final long NHWC = 1;
  private static final long YXIO = 0;

  private Convolution() {}

  static @Nullable KernelChoice forward(OpCall call) {
    ConvGeometry geometry = ((Conv2D) call.op()).geometry();
    Shape kernel = call.inputs().get(1).shape();
    if (!padsItself(geometry, call.inputs().get(0).shape(), kernel)) {
      return null;
    }
    return Choice.of(
        b -> Native.custom("conv2d", b.inputs(), b.outputs(), arguments(geometry, kernel)));
  }

  static @Nullable KernelChoice inputGradient(OpCall call) {
    Conv2DInputGradient op = (Conv2DInputGradient) call.op();
    Shape kernel = call.inputs().get(0).shape();
    Shape gradient = call.inputs().get(1).shape();
    if (op.isDeconvolution(kernel, gradient)) {
      return Choice.of(
          b ->
              Native.custom(
                  "deconv2d",
                  List.of(b.in(1), b.in(0)),
                  b.outputs(),
                  arguments(op.geometry(), kernel)));
    }
    if (!padsItself(op.geometry(), op.image(), kernel)) {
      return null;
    }
    // the native op gives both gradients and reads the image for the kernel's alone
    return Choice.of(
            b ->
                Native.custom(
                    "conv2d_bp",
                    List.of(b.scratch(0), b.in(0), b.in(1)),
                    List.of(b.out(), b.scratch(1)),
                    arguments(op.geometry(), kernel)))
        .scratch(call.outputs().get(0).spec(), call.inputs().get(0).spec());
  }

  static @Nullable KernelChoice kernelGradient(OpCall call) {
    Conv2DKernelGradient op = (Conv2DKernelGradient) call.op();
    Shape kernel = op.kernel();
    if (!padsItself(op.geometry(), call.inputs().get(0).shape(), kernel)) {
      return null;
    }
    return Choice.of(
            b ->
                Native.custom(
                    "conv2d_bp",
                    List.of(b.in(0), b.scratch(0), b.in(1)),
                    List.of(b.scratch(1), b.out()),
                    arguments(op.geometry(), kernel)))
        .scratch(call.outputs().get(0).spec(), call.inputs().get(0).spec());
  }

  /** Whether the native ops can lay the zeros themselves: one number a side, or SAME's rule. */
  private static boolean padsItself(ConvGeometry geometry, Shape image, Shape kernel) {
    boolean dilated = geometry.dilationHeight() > 1 || geometry.dilationWidth() > 1;
    boolean padded = geometry.top() + geometry.left() > 0;
    if (dilated && padded) {
      return false;
    }
    return geometry.isSymmetric()
        || geometry.isSame(image.size(1), image.size(2), kernel.size(0), kernel.size(1));
  }

  private static long[] arguments(ConvGeometry geometry, Shape kernel) {
    boolean symmetric = geometry.isSymmetric();
    return new long[] {
      kernel.size(0), kernel.size(1),
      geometry.strideHeight(), geometry.strideWidth(),
      symmetric ? geometry.top() : 0, symmetric ? geometry.left() : 0,
      geometry.dilationHeight(), geometry.dilationWidth(),
      symmetric ? 0 : 1, NHWC, YXIO
    };
  }
}
