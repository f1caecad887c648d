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
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The rewriting that rounds operands of products and convolutions to bfloat16. A value is rounded
 * once, however many calls read it: a weight once a run, an activation once for its layer and for
 * the gradient of its layer's kernel.
 *
 * <p>What is thin keeps its float32 operands, as matrix units would gain nothing: products with a
 * side of at most 4 (points, a layer with few outputs, a batch of few samples, the singular values
 * of spectral normalization), and convolutions with at most 4 channels in or out (pixels).
 */
public final class BFloat16Operands extends GraphRewriter {

  private static final long FEW = 4;

  /** Which calls take bfloat16; others get the same numbers as float32. */
  private final Predicate<OpCall> narrow;

  private BFloat16Operands(Predicate<OpCall> narrow) {
    this.narrow = narrow;
  }

  /** A graph whose products and convolutions take bfloat16. */
  public static OpGraph of(OpGraph graph) {
    return new BFloat16Operands(call -> true).rewrite(graph);
  }

  /** A graph whose products take bfloat16, and whose convolutions the same numbers as float32. */
  public static OpGraph ofProducts(OpGraph graph) {
    return new BFloat16Operands(call -> call.op() instanceof MatMul).rewrite(graph);
  }

  /** The same numbers for kernels of float32: operands are rounded, and float32 again. */
  public static OpGraph widened(OpGraph graph) {
    return new BFloat16Operands(call -> false).rewrite(graph);
  }

  @Override
  protected @Nullable List<Value> replace(OpCall call, List<Value> inputs) {
    if (!isRounded(call)) {
      return null;
    }
    Ops ops = ops();
    DataType taken = narrow.test(call) ? DataType.BFLOAT16 : DataType.FLOAT;
    List<Value> rounded =
        inputs.stream().map(x -> ops.cast(ops.cast(x, DataType.BFLOAT16), taken)).toList();
    return ops.apply(call.op(), rounded);
  }

  /** Whether a call takes rounded operands. */
  static boolean isRounded(OpCall call) {
    if (call.inputs().stream().anyMatch(input -> input.dtype() != DataType.FLOAT)) {
      return false;
    } else if (call.op() instanceof MatMul op) {
      Shape a = call.inputs().get(0).shape();
      Shape out = call.outputs().get(0).shape();
      return out.size(-2) > FEW && out.size(-1) > FEW && a.size(op.transposeA() ? -2 : -1) > FEW;
    }
    Shape kernel = kernel(call);
    return kernel != null && kernel.size(2) > FEW && kernel.size(3) > FEW;
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
