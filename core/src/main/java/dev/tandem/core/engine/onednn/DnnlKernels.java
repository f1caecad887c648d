package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.Uses;
import dev.tandem.core.op.BatchNorm;
import dev.tandem.core.op.BatchNormGradient;
import dev.tandem.core.op.Conv2D;
import dev.tandem.core.op.Conv2DInputGradient;
import dev.tandem.core.op.Conv2DKernelGradient;
import dev.tandem.core.op.LeakyRelu;
import dev.tandem.core.op.LeakyReluGradient;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Relu;
import dev.tandem.core.op.ReluGradient;
import dev.tandem.core.op.Sigmoid;
import dev.tandem.core.op.SigmoidGradient;
import dev.tandem.core.op.Tanh;
import dev.tandem.core.op.TanhGradient;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** The kernels of oneDNN: float32 on a CPU for which its presets load. */
public final class DnnlKernels implements KernelLibrary {

  private final Dnnl dnnl;

  private DnnlKernels(Dnnl dnnl) {
    this.dnnl = dnnl;
  }

  /** The library alone if it works here, else nothing. */
  public static List<KernelLibrary> available() {
    if (Nd4j.getExecutioner().type() != OpExecutioner.ExecutionerType.NATIVE_CPU) {
      return List.of();
    }
    return Dnnl.get().<List<KernelLibrary>>map(d -> List.of(new DnnlKernels(d))).orElse(List.of());
  }

  @Override
  public String name() {
    return "onednn";
  }

  @Override
  public @Nullable KernelChoice choose(OpCall call, Uses uses) {
    for (Value input : call.inputs()) {
      if (input.dtype() != DataType.FLOAT || input.shape().length() == 0) {
        return null;
      }
    }
    Op op = call.op();
    if (op instanceof Conv2D convolution) {
      return convolution(call, convolution);
    } else if (op instanceof Conv2DInputGradient gradient) {
      Shape kernel = call.inputs().get(0).shape();
      Shape output = call.inputs().get(1).shape();
      return new ConvolutionChoice(
          dnnl,
          ConvolutionChoice.Kind.INPUT_GRADIENT,
          new Geometry(gradient.geometry(), gradient.image(), kernel, output));
    } else if (op instanceof Conv2DKernelGradient gradient) {
      Shape image = call.inputs().get(0).shape();
      Shape output = call.inputs().get(1).shape();
      return new ConvolutionChoice(
          dnnl,
          ConvolutionChoice.Kind.KERNEL_GRADIENT,
          new Geometry(gradient.geometry(), image, gradient.kernel(), output));
    } else if (op instanceof BatchNorm norm) {
      return Normalization.forward(dnnl, norm.epsilon());
    } else if (op instanceof BatchNormGradient norm) {
      return Normalization.backward(dnnl, norm.epsilon());
    }
    return activation(op);
  }

  private KernelChoice convolution(OpCall call, Conv2D op) {
    Shape image = call.inputs().get(0).shape();
    Shape kernel = call.inputs().get(1).shape();
    return new ConvolutionChoice(
        dnnl,
        ConvolutionChoice.Kind.FORWARD,
        new Geometry(op.geometry(), image, kernel, call.outputs().get(0).shape()));
  }

  private @Nullable KernelChoice activation(Op op) {
    if (op instanceof LeakyRelu leaky) {
      return Activation.of(dnnl, algorithm.eltwise_relu, leaky.slope(), 0);
    } else if (op instanceof LeakyReluGradient leaky) {
      return Activation.gradient(dnnl, algorithm.eltwise_relu, leaky.slope(), false);
    } else if (op instanceof Relu) {
      return Activation.of(dnnl, algorithm.eltwise_relu, 0, 0);
    } else if (op instanceof ReluGradient) {
      return Activation.gradient(dnnl, algorithm.eltwise_relu, 0, false);
    } else if (op instanceof Tanh) {
      return Activation.of(dnnl, algorithm.eltwise_tanh, 0, 0);
    } else if (op instanceof TanhGradient) {
      return Activation.gradient(dnnl, algorithm.eltwise_tanh_use_dst_for_bwd, 0, true);
    } else if (op instanceof Sigmoid) {
      return Activation.of(dnnl, algorithm.eltwise_logistic, 0, 0);
    } else if (op instanceof SigmoidGradient) {
      return Activation.gradient(dnnl, algorithm.eltwise_logistic_use_dst_for_bwd, 0, true);
    }
    return null;
  }
}
