package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.DepthwiseConv2DInputGradient;
import dev.tandem.core.op.image.DepthwiseConv2DKernelGradient;
import dev.tandem.core.op.image.DepthwiseConv2DOp;
import dev.tandem.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/** Convolutions of each channel by itself. */
final class Depthwise {

  private static final long NHWC = 1;

  private Depthwise() {}

  static @Nullable HostKernelChoice forward(OpCall call) {
    ConvGeometry geometry = ((DepthwiseConv2DOp) call.op()).geometry();
    Shape kernel = call.inputs().get(1).shape();
    return !isNative(geometry, call.inputs().get(0).shape(), kernel)
        ? null
        : Choice.of(
            b ->
                Windows.run(
                    "depthwise_conv2d",
                    b.inputs(),
                    b.outputs(),
                    geometry,
                    kernel.size(0),
                    kernel.size(1),
                    NHWC));
  }

  static @Nullable HostKernelChoice inputGradient(OpCall call) {
    DepthwiseConv2DInputGradient op = (DepthwiseConv2DInputGradient) call.op();
    Shape kernel = call.inputs().get(0).shape();
    return !isNative(op.geometry(), op.image(), kernel)
        ? null
        : Windows.atImage("depthwise_conv2d_bp", call, op.geometry(), kernel, NHWC);
  }

  static @Nullable HostKernelChoice kernelGradient(OpCall call) {
    DepthwiseConv2DKernelGradient op = (DepthwiseConv2DKernelGradient) call.op();
    return !isNative(op.geometry(), call.inputs().get(0).shape(), op.kernel())
        ? null
        : Windows.atKernel("depthwise_conv2d_bp", call, op.geometry(), op.kernel(), NHWC);
  }

  private static boolean isNative(ConvGeometry geometry, Shape image, Shape kernel) {
    return Windows.areNative(geometry, image, kernel.size(0), kernel.size(1));
  }
}
