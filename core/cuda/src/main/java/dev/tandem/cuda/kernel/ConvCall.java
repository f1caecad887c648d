package dev.tandem.cuda.kernel;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import dev.tandem.cuda.device.Command.ConvolutionKind;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A convolution or one of its gradients, with the three shapes that it is about.
 *
 * @param image (batch, height, width, in)
 * @param kernel (height, width, in, out)
 * @param output (batch, height, width, out)
 */
record ConvCall(
    ConvolutionKind kind,
    DataType dtype,
    ConvGeometry geometry,
    Shape image,
    Shape kernel,
    Shape output) {

  /** That of a call, or null if it is none, or of a type that kernels do not have. */
  static @Nullable ConvCall of(OpCall call) {
    Value out = call.outputs().get(0);
    if (out.dtype() != DataType.FLOAT && out.dtype() != DataType.DOUBLE) {
      return null;
    } else if (call.op() instanceof Conv2DOp op) {
      Shape image = call.inputs().get(0).shape();
      Shape kernel = call.inputs().get(1).shape();
      return new ConvCall(
          ConvolutionKind.OUTPUT, out.dtype(), op.geometry(), image, kernel, out.shape());
    } else if (call.op() instanceof Conv2DInputGradient op) {
      Shape kernel = call.inputs().get(0).shape();
      Shape output = call.inputs().get(1).shape();
      return new ConvCall(
          ConvolutionKind.IMAGE_GRADIENT, out.dtype(), op.geometry(), op.image(), kernel, output);
    } else if (call.op() instanceof Conv2DKernelGradient op) {
      Shape image = call.inputs().get(0).shape();
      Shape output = call.inputs().get(1).shape();
      return new ConvCall(
          ConvolutionKind.KERNEL_GRADIENT, out.dtype(), op.geometry(), image, op.kernel(), output);
    }
    return null;
  }

  /** The shape of what comes out. */
  Shape result() {
    return switch (kind) {
      case OUTPUT -> output;
      case IMAGE_GRADIENT -> image;
      case KERNEL_GRADIENT -> kernel;
    };
  }

  /** Whether nothing is added up, so that all results are zero. */
  boolean isEmpty() {
    return image.length() == 0 || kernel.length() == 0 || output.length() == 0;
  }

  /** Whether it is a product of a matrix of pixels, or of whole images, by that of the kernel. */
  boolean isProduct() {
    ConvGeometry g = geometry;
    boolean unpadded = g.top() + g.bottom() + g.left() + g.right() == 0;
    boolean pixels =
        kernel.size(0) * kernel.size(1) == 1 && g.strideHeight() == 1 && g.strideWidth() == 1;
    boolean images =
        kernel.size(0) == image.size(1) && kernel.size(1) == image.size(2) && !g.isDilated();
    return unpadded && (pixels || images);
  }

  /** The same as a product. */
  ProductSizes asProduct() {
    long rows = output.size(0) * output.size(1) * output.size(2);
    long inner = kernel.size(0) * kernel.size(1) * kernel.size(2);
    long columns = kernel.size(3);
    return switch (kind) {
      case OUTPUT ->
          new ProductSizes(dtype, Precision.FLOAT32, 1, rows, inner, columns, false, false);
      case IMAGE_GRADIENT ->
          new ProductSizes(dtype, Precision.FLOAT32, 1, rows, columns, inner, false, true);
      case KERNEL_GRADIENT ->
          new ProductSizes(dtype, Precision.FLOAT32, 1, inner, rows, columns, true, false);
    };
  }
}
