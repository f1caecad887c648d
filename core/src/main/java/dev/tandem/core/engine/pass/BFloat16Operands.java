package dev.tandem.core.engine.pass;

import dev.tandem.core.op.GraphRewriter;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.Conv2DGradients;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The rewriting that rounds operands of products and convolutions to bfloat16. A value is rounded
 * once, however many calls read it: a weight once a run, an activation once for its layer and for
 * the gradient of its layer's kernel.
 *
 * <p>Two kinds of calls keep their float32 operands, as they gain nothing: products with a vector
 * (a layer with one output, a batch of one sample, the singular values of spectral normalization),
 * and convolutions with few channels on one side (pixels), which are not done by matrix units.
 */
public final class BFloat16Operands extends GraphRewriter {

  private static final long FEW_CHANNELS = 4;

  private final boolean widened;

  private BFloat16Operands(boolean widened) {
    this.widened = widened;
  }

  /** A graph whose products and convolutions take bfloat16. */
  public static OpGraph of(OpGraph graph) {
    return new BFloat16Operands(false).rewrite(graph);
  }

  /** The same numbers for kernels of float32: operands are rounded, and float32 again. */
  public static OpGraph widened(OpGraph graph) {
    return new BFloat16Operands(true).rewrite(graph);
  }

  @Override
  protected @Nullable List<Value> replace(OpCall call, List<Value> inputs) {
    return isRounded(call)
        ? ops().apply(call.op(), inputs.stream().map(this::rounded).toList())
        : null;
  }

  private Value rounded(Value operand) {
    Ops ops = ops();
    Value narrow = ops.cast(operand, DataType.BFLOAT16);
    return widened ? ops.cast(narrow, DataType.FLOAT) : narrow;
  }

  /** Whether a call takes rounded operands. */
  static boolean isRounded(OpCall call) {
    if (call.inputs().stream().anyMatch(input -> input.dtype() != DataType.FLOAT)) {
      return false;
    } else if (call.op() instanceof MatMul op) {
      Shape a = call.inputs().get(0).shape();
      Shape out = call.outputs().get(0).shape();
      return out.size(-2) > 1 && out.size(-1) > 1 && a.size(op.transposeA() ? -2 : -1) > 1;
    }
    Shape kernel = kernel(call);
    return kernel != null && kernel.size(2) > FEW_CHANNELS && kernel.size(3) > FEW_CHANNELS;
  }

  /** The kernel (height, width, in, out) of a convolution or one of its gradients, else null. */
  private static @Nullable Shape kernel(OpCall call) {
    if (call.op() instanceof Conv2DOp || call.op() instanceof Conv2DGradients) {
      return call.inputs().get(1).shape();
    } else if (call.op() instanceof Conv2DInputGradient) {
      return call.inputs().get(0).shape();
    }
    return call.op() instanceof Conv2DKernelGradient gradient ? gradient.kernel() : null;
  }
}
