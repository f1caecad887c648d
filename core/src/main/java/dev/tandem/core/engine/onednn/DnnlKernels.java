package dev.tandem.core.engine.onednn;

import dev.tandem.core.engine.kernel.FewChannels;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Sum;
import dev.tandem.core.op.activation.EluGradient;
import dev.tandem.core.op.activation.GeluGradient;
import dev.tandem.core.op.activation.GeluTanhGradient;
import dev.tandem.core.op.activation.LeakyReluGradient;
import dev.tandem.core.op.activation.LogSoftmax;
import dev.tandem.core.op.activation.ReluGradient;
import dev.tandem.core.op.activation.SigmoidGradient;
import dev.tandem.core.op.activation.Softmax;
import dev.tandem.core.op.activation.SwishGradient;
import dev.tandem.core.op.activation.TanhGradient;
import dev.tandem.core.op.image.Conv2DGradients;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.ConvGeometry;
import dev.tandem.core.op.norm.BatchNorm;
import dev.tandem.core.op.norm.BatchNormGradient;
import dev.tandem.core.op.norm.LayerNorm;
import dev.tandem.core.op.norm.LayerNormGradient;
import dev.tandem.core.op.update.AdamUpdate;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.memory;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The kernels of oneDNN: float32 on a CPU for which its presets load, and products and convolutions
 * of bfloat16 where the processor has instructions for them.
 */
public final class DnnlKernels implements KernelLibrary {

  /** What this library is called. */
  public static final String NAME = "onednn";

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
    return NAME;
  }

  /** Whether this processor multiplies bfloat16. */
  public boolean multipliesBFloat16() {
    return dnnl.multipliesBFloat16();
  }

  /** The most that it takes of this processor's instructions, as in {@code avx2}. */
  public String instructions() {
    return dnnl.instructions();
  }

  @Override
  public @Nullable HostKernelChoice choose(OpCall call, UseCounts uses) {
    if (call.inputs().isEmpty()) {
      return null;
    }
    if (call.inputs().stream().anyMatch(input -> input.shape().length() == 0)) {
      return null;
    } else if (call.op() instanceof Cast) {
      // without instructions for it oneDNN takes a hundred times as long as ND4J
      return multipliesBFloat16() ? Narrowing.of(dnnl, call) : null;
    } else if (!takes(call)) {
      return null;
    }
    Chain chain = Chain.endingAt(call, uses);
    HostKernelChoice chained = chain == null || !takes(chain.head()) ? null : chained(call, chain);
    if (chained != null) {
      return chained;
    }
    HostKernelChoice gradient = convolutionGradient(call, uses);
    if (gradient != null) {
      return gradient;
    }
    HostKernelChoice recurrence = has(call, DataType.FLOAT) ? Recurrences.of(dnnl, call) : null;
    if (recurrence != null) {
      return recurrence;
    }
    HostKernelChoice choice = has(call, DataType.FLOAT) ? other(call.op(), call) : null;
    return choice != null && elements(call) < OneThread.FEW_ELEMENTS
        ? new OneThread(choice)
        : choice;
  }

  /** Whether inputs are float32, or bfloat16 where that is multiplied. */
  private boolean takes(OpCall call) {
    return has(call, DataType.FLOAT) || multipliesBFloat16() && has(call, DataType.BFLOAT16);
  }

  private static boolean has(OpCall call, DataType dtype) {
    return call.inputs().stream().allMatch(input -> input.dtype() == dtype);
  }

  private @Nullable HostKernelChoice chained(OpCall call, Chain chain) {
    if (chain.head().op() instanceof Conv2DOp op) {
      return convolution(call, chain, op);
    }
    HostKernelChoice choice = Product.of(dnnl, chain);
    return choice != null && Product.work(chain) < OneThread.FEW_PRODUCTS
        ? new OneThread(choice)
        : choice;
  }

  private static long elements(OpCall call) {
    return Math.max(call.inputs().get(0).shape().length(), call.outputs().get(0).shape().length());
  }

  private @Nullable HostKernelChoice convolution(OpCall call, Chain chain, Conv2DOp op) {
    Shape image = chain.head().inputs().get(0).shape();
    Shape kernel = chain.head().inputs().get(1).shape();
    if (!chain.isNarrow() && FewChannels.outputs(op.geometry(), image, kernel)) {
      Shape output = chain.head().outputs().get(0).shape();
      Blocks blocks = Blocks.ofConvolution(op.geometry(), image, kernel, output);
      if (blocks != null) {
        return chain.head() == call ? new BlockedImage(dnnl, blocks, false) : null;
      }
    }
    return new Convolution(dnnl, chain);
  }

  private @Nullable HostKernelChoice convolutionGradient(OpCall call, UseCounts uses) {
    if (call.op() instanceof Conv2DGradients op) {
      return bothGradients(call, op.geometry(), uses);
    } else if (call.op() instanceof Conv2DInputGradient op) {
      return imageGradient(call, op);
    } else if (call.op() instanceof Conv2DKernelGradient op) {
      Shape image = call.inputs().get(0).shape();
      Shape output = call.inputs().get(1).shape();
      return new KernelGradient(
          dnnl, new Geometry(operands(call), op.geometry(), image, op.kernel(), output));
    }
    return null;
  }

  private static memory.data_type operands(OpCall call) {
    return Dnnl.type(call.inputs().get(0).dtype());
  }

  /** Both, if both are used and neither has a better way of its own. */
  private @Nullable HostKernelChoice bothGradients(
      OpCall call, ConvGeometry geometry, UseCounts uses) {
    Shape image = call.inputs().get(0).shape();
    Shape kernel = call.inputs().get(1).shape();
    Shape output = call.inputs().get(2).shape();
    return call.outputs().stream().allMatch(uses::any)
            && !FewChannels.inputs(geometry, output, kernel)
            && !FewChannels.outputsForEachPixel(geometry, image, kernel)
        ? new BothGradients(dnnl, new Geometry(operands(call), geometry, image, kernel, output))
        : null;
  }

  private HostKernelChoice imageGradient(OpCall call, Conv2DInputGradient op) {
    Shape kernel = call.inputs().get(0).shape();
    Shape output = call.inputs().get(1).shape();
    ConvGeometry geometry = op.geometry();
    if (has(call, DataType.FLOAT) && FewChannels.inputs(geometry, output, kernel)) {
      Blocks blocks = Blocks.ofTranspose(geometry, output, kernel, op.image());
      if (blocks != null) {
        return new BlockedImage(dnnl, blocks, true);
      }
    }
    return new ImageGradient(
        dnnl, new Geometry(operands(call), geometry, op.image(), kernel, output));
  }

  private @Nullable HostKernelChoice other(Op op, OpCall call) {
    Eltwise function = Eltwise.of(op);
    if (function != null) {
      return Activation.of(dnnl, function);
    } else if (op instanceof LeakyReluGradient leaky) {
      return Activation.gradient(dnnl, algorithm.eltwise_relu, leaky.slope(), false);
    } else if (op instanceof EluGradient elu && !elu.rightAtZero()) {
      return Activation.gradient(dnnl, algorithm.eltwise_elu, elu.alpha(), false);
    } else if (op instanceof ReluGradient) {
      return Activation.gradient(dnnl, algorithm.eltwise_relu, 0, false);
    } else if (op instanceof GeluGradient) {
      return Activation.gradient(dnnl, algorithm.eltwise_gelu_erf, 0, false);
    } else if (op instanceof GeluTanhGradient) {
      return Activation.gradient(dnnl, algorithm.eltwise_gelu_tanh, 0, false);
    } else if (op instanceof SwishGradient) {
      return Activation.gradient(dnnl, algorithm.eltwise_swish, 1, false);
    } else if (op instanceof TanhGradient) {
      return Activation.gradient(dnnl, algorithm.eltwise_tanh_use_dst_for_bwd, 0, true);
    } else if (op instanceof SigmoidGradient) {
      return Activation.gradient(dnnl, algorithm.eltwise_logistic_use_dst_for_bwd, 0, true);
    } else if (op instanceof BatchNorm norm) {
      return Normalization.forward(dnnl, norm.epsilon());
    } else if (op instanceof BatchNormGradient norm) {
      return Normalization.backward(dnnl, norm.epsilon());
    } else if (op instanceof AdamUpdate adam) {
      return new Adam(dnnl, adam);
    } else if (op instanceof LayerNorm norm) {
      return RowNormalization.forward(dnnl, norm.epsilon());
    } else if (op instanceof LayerNormGradient norm) {
      return RowNormalization.backward(dnnl, norm.epsilon());
    } else if (op instanceof Softmax) {
      return new SoftmaxChoice(dnnl, algorithm.softmax_accurate, call.outputs().get(0).spec());
    } else if (op instanceof LogSoftmax) {
      return new SoftmaxChoice(dnnl, algorithm.softmax_log, call.outputs().get(0).spec());
    } else if (op instanceof Sum sum) {
      return Sums.of(dnnl, call, sum);
    }
    HostKernelChoice pooling = Pooling.of(dnnl, call);
    return pooling != null ? pooling : Binary.of(dnnl, call);
  }
}
