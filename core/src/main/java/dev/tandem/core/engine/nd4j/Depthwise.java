package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.image.DepthwiseConv2DInputGradient;
import dev.tandem.core.op.image.DepthwiseConv2DKernelGradient;
import dev.tandem.core.op.image.DepthwiseConv2DOp;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolutions of each channel by itself. */
final class Depthwise {

  private static final long NHWC = 1;

  private Depthwise() {}

  static @Nullable KernelChoice forward(OpCall call) {
    ConvGeometry geometry = ((DepthwiseConv2DOp) call.op()).geometry();
    Shape kernel = call.inputs().get(1).shape();
    return !isNative(geometry, call.inputs().get(0).shape(), kernel)
        ? null
        : Choice.of(b -> run("depthwise_conv2d", b.inputs(), b.outputs(), geometry, kernel));
  }

  static @Nullable KernelChoice inputGradient(OpCall call) {
    DepthwiseConv2DInputGradient op = (DepthwiseConv2DInputGradient) call.op();
    Shape kernel = call.inputs().get(0).shape();
    return !isNative(op.geometry(), op.image(), kernel)
        ? null
        : Choice.of(
                b ->
                    run(
                        "depthwise_conv2d_bp",
                        List.of(b.scratch(0), b.in(0), b.in(1)),
                        List.of(b.out(), b.scratch(1)),
                        op.geometry(),
                        kernel))
            .scratch(call.outputs().get(0).spec(), call.inputs().get(0).spec());
  }

  static @Nullable KernelChoice kernelGradient(OpCall call) {
    DepthwiseConv2DKernelGradient op = (DepthwiseConv2DKernelGradient) call.op();
    return !isNative(op.geometry(), call.inputs().get(0).shape(), op.kernel())
        ? null
        : Choice.of(
                b ->
                    run(
                        "depthwise_conv2d_bp",
                        List.of(b.in(0), b.scratch(0), b.in(1)),
                        List.of(b.scratch(1), b.out()),
                        op.geometry(),
                        op.kernel()))
            .scratch(call.outputs().get(0).spec(), call.inputs().get(0).spec());
  }

  private static boolean isNative(ConvGeometry geometry, Shape image, Shape kernel) {
    return Windows.areNative(geometry, image, kernel.size(0), kernel.size(1));
  }

  private static Kernel run(
      String op,
      List<INDArray> inputs,
      List<INDArray> outputs,
      ConvGeometry geometry,
      Shape kernel) {
    return Windows.run(op, inputs, outputs, geometry, kernel.size(0), kernel.size(1), NHWC);
  }
}
