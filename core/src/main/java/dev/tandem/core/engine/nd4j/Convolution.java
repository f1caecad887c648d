package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.FewChannels;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.Conv2DGradients;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Convolutions and their gradients. */
final class Convolution {

  private static final long NHWC = 1;
  private static final long YXIO = 0;

  private Convolution() {}

  static @Nullable HostKernelChoice forward(OpCall call) {
    ConvGeometry geometry = ((Conv2DOp) call.op()).geometry();
    Value x = call.inputs().get(0);
    Value kernel = call.inputs().get(1);
    if (FewChannels.outputs(geometry, x.shape(), kernel.shape())) {
      return NarrowOutputs.forward(geometry, x, kernel);
    }
    if (!isNative(geometry, x.shape(), kernel.shape())) {
      return null;
    }
    return Choice.of(b -> run("conv2d", b.inputs(), b.outputs(), geometry, kernel.shape()));
  }

  /** A convolution and the bias behind it, or null if they are better done one after the other. */
  static @Nullable HostKernelChoice withBias(OpCall convolution, Value bias) {
    ConvGeometry geometry = ((Conv2DOp) convolution.op()).geometry();
    Value x = convolution.inputs().get(0);
    Value kernel = convolution.inputs().get(1);
    if (!isNative(geometry, x.shape(), kernel.shape())
        || FewChannels.outputs(geometry, x.shape(), kernel.shape())) {
      return null;
    }
    long channels = bias.shape().length();
    return Choice.of(
            b ->
                run(
                    "conv2d",
                    List.of(b.in(0), b.in(1), Shapes.reshaped(b.in(2), channels)),
                    b.outputs(),
                    geometry,
                    kernel.shape()))
        .reading(x, kernel, bias)
        .named("conv2d + bias");
  }

  /** Both gradients together, if both are used and cheaper together. */
  static @Nullable HostKernelChoice gradients(OpCall call, UseCounts uses) {
    ConvGeometry geometry = ((Conv2DGradients) call.op()).geometry();
    Value x = call.inputs().get(0);
    Value kernel = call.inputs().get(1);
    Value g = call.inputs().get(2);
    if (!call.outputs().stream().allMatch(uses::any)
        || FewChannels.inputs(geometry, g.shape(), kernel.shape())) {
      return null;
    }
    if (FewChannels.outputsForEachPixel(geometry, x.shape(), kernel.shape())) {
      return NarrowOutputs.gradients(geometry, x, kernel, g);
    }
    if (!isNative(geometry, x.shape(), kernel.shape())) {
      return null;
    }
    return Choice.of(b -> run("conv2d_bp", b.inputs(), b.outputs(), geometry, kernel.shape()));
  }

  static @Nullable HostKernelChoice inputGradient(OpCall call) {
    Conv2DInputGradient op = (Conv2DInputGradient) call.op();
    Value kernel = call.inputs().get(0);
    Value g = call.inputs().get(1);
    if (FewChannels.inputs(op.geometry(), g.shape(), kernel.shape())) {
      return NarrowInputs.inputGradient(op.geometry(), kernel, g);
    }
    if (FewChannels.outputsForEachPixel(op.geometry(), op.image(), kernel.shape())) {
      return NarrowOutputs.inputGradient(op.geometry(), kernel, g);
    }
    if (!isNative(op.geometry(), op.image(), kernel.shape())) {
      return null;
    }
    if (op.isDeconvolution(kernel.shape(), g.shape())) {
      return Choice.of(
          b ->
              run(
                  "deconv2d",
                  List.of(b.in(1), b.in(0)),
                  b.outputs(),
                  op.geometry(),
                  kernel.shape()));
    }
    return Windows.atImage("conv2d_bp", call, op.geometry(), kernel.shape(), NHWC, YXIO);
  }

  static @Nullable HostKernelChoice kernelGradient(OpCall call) {
    Conv2DKernelGradient op = (Conv2DKernelGradient) call.op();
    Value x = call.inputs().get(0);
    Value g = call.inputs().get(1);
    if (FewChannels.inputsInStrides(op.geometry(), x.shape(), g.shape(), op.kernel())) {
      return NarrowInputs.kernelGradient(op.geometry(), x, g, op.kernel());
    }
    if (FewChannels.outputsForEachPixel(op.geometry(), x.shape(), op.kernel())) {
      return NarrowOutputs.kernelGradient(op.geometry(), x, g, op.kernel());
    }
    if (!isNative(op.geometry(), x.shape(), op.kernel())) {
      return null;
    }
    return Windows.atKernel("conv2d_bp", call, op.geometry(), op.kernel(), NHWC, YXIO);
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
    return Windows.run(op, inputs, outputs, geometry, kernel.size(0), kernel.size(1), NHWC, YXIO);
  }
}
