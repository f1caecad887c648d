package dev.tandem.core.engine.nd4j;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.Concat;
import dev.tandem.core.op.CumulativeSum;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.PermuteOp;
import dev.tandem.core.op.Power;
import dev.tandem.core.op.Reverse;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.Select;
import dev.tandem.core.op.Shift;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.Sum;
import dev.tandem.core.op.UnaryFunction;
import dev.tandem.core.op.activation.LeakyRelu;
import dev.tandem.core.op.activation.LeakyReluGradient;
import dev.tandem.core.op.activation.Relu;
import dev.tandem.core.op.activation.Sigmoid;
import dev.tandem.core.op.activation.Softmax;
import dev.tandem.core.op.activation.Tanh;
import dev.tandem.core.op.array.ArgMax;
import dev.tandem.core.op.array.Gather;
import dev.tandem.core.op.array.OneHot;
import dev.tandem.core.op.array.SegmentSum;
import dev.tandem.core.op.array.SortIndices;
import dev.tandem.core.op.image.AvgPool2D;
import dev.tandem.core.op.image.AvgPool2DGradient;
import dev.tandem.core.op.image.Conv2DGradients;
import dev.tandem.core.op.image.Conv2DInputGradient;
import dev.tandem.core.op.image.Conv2DKernelGradient;
import dev.tandem.core.op.image.Conv2DOp;
import dev.tandem.core.op.image.DepthwiseConv2DInputGradient;
import dev.tandem.core.op.image.DepthwiseConv2DKernelGradient;
import dev.tandem.core.op.image.DepthwiseConv2DOp;
import dev.tandem.core.op.image.MaxPool2DGradient;
import dev.tandem.core.op.random.RandomNormal;
import dev.tandem.core.op.random.RandomUniform;
import dev.tandem.core.op.update.AdamUpdate;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** The table from ops to the native ops that run them. */
public final class Nd4jKernels implements KernelLibrary {

  /** What this library is called. */
  public static final String NAME = "nd4j";

  private static final ImmutableMap<Object, Rule> RULES =
      ImmutableMap.<Object, Rule>builder()
          .put(UnaryFunction.ABS, Unary.ABS)
          .put(AdamUpdate.class, rule(Updates::adam))
          .put(BinaryFunction.ADD, Elementwise::add)
          .put(ArgMax.class, rule(Tables::argMax))
          .put(AvgPool2D.class, rule(Pools::average))
          .put(AvgPool2DGradient.class, rule(Pools::averageGradient))
          .put(BroadcastTo.class, rule(Shapes::broadcastTo))
          .put(Cast.class, rule(Elementwise::cast))
          .put(Concat.class, rule(Shapes::concat))
          .put(Conv2DOp.class, rule(Convolution::forward))
          .put(Conv2DGradients.class, Convolution::gradients)
          .put(Conv2DInputGradient.class, rule(Convolution::inputGradient))
          .put(Conv2DKernelGradient.class, rule(Convolution::kernelGradient))
          .put(DepthwiseConv2DOp.class, rule(Depthwise::forward))
          .put(DepthwiseConv2DInputGradient.class, rule(Depthwise::inputGradient))
          .put(DepthwiseConv2DKernelGradient.class, rule(Depthwise::kernelGradient))
          .put(CumulativeSum.class, rule(Products::cumulativeSum))
          .put(BinaryFunction.DIVIDE, Elementwise.binary("divide"))
          .put(BinaryFunction.EQUAL, Elementwise.comparison("equals"))
          .put(UnaryFunction.ERF, Unary.ERF)
          .put(UnaryFunction.EXP, Unary.EXP)
          .put(Gather.class, rule(Tables::gather))
          .put(BinaryFunction.GREATER, Elementwise.comparison("greater"))
          .put(LeakyRelu.class, rule(Elementwise::leakyRelu))
          .put(LeakyReluGradient.class, rule(Elementwise::leakyReluGradient))
          .put(UnaryFunction.LOG, Unary.LOG)
          .put(UnaryFunction.LOG1P, Unary.LOG1P)
          .put(MatMul.class, rule(Products::matmul))
          .put(MaxPool2DGradient.class, rule(Pools::maxGradient))
          .put(BinaryFunction.MAXIMUM, rule(Extremes::max))
          .put(BinaryFunction.MINIMUM, rule(Extremes::min))
          .put(BinaryFunction.MULTIPLY, Elementwise.binary("multiply"))
          .put(OneHot.class, rule(Tables::oneHot))
          .put(Pad.class, rule(Shapes::pad))
          .put(PermuteOp.class, rule(Shapes::permute))
          .put(Power.class, rule(Elementwise::power))
          .put(RandomNormal.class, rule(Randoms::fill))
          .put(RandomUniform.class, rule(Randoms::fill))
          .put(Relu.class, Elementwise.custom("relu", 0))
          .put(Reverse.class, rule(Shapes::reverse))
          .put(Scale.class, rule(Elementwise::scale))
          .put(SegmentSum.class, rule(Tables::segmentSum))
          .put(Select.class, rule(Elementwise::select))
          .put(Shift.class, rule(Elementwise::shift))
          .put(Sigmoid.class, Elementwise.custom("sigmoid"))
          .put(UnaryFunction.SIGN, Unary.SIGN)
          .put(Slice.class, rule(Shapes::slice))
          .put(Softmax.class, rule(Elementwise::softmax))
          .put(SortIndices.class, rule(Tables::sortIndices))
          .put(UnaryFunction.SQRT, Unary.SQRT)
          .put(UnaryFunction.SQUARE, Unary.SQUARE)
          .put(UnaryFunction.STEP, rule(Elementwise::step))
          .put(BinaryFunction.SUBTRACT, Elementwise.binary("subtract"))
          .put(Sum.class, rule(Products::sum))
          .put(Tanh.class, Elementwise.custom("tanh"))
          .buildOrThrow();

  private static Rule rule(Function<OpCall, @Nullable HostKernelChoice> choose) {
    return (call, used) -> choose.apply(call);
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Whether it computes with bfloat16, for which the natives have other rules. */
  private static boolean isNarrow(OpCall call) {
    return !(call.op() instanceof Cast)
        && call.inputs().stream().anyMatch(input -> input.dtype() == DataType.BFLOAT16);
  }

  @Override
  public @Nullable HostKernelChoice choose(OpCall call, UseCounts uses) {
    Rule rule = RULES.get(call.op().kind());
    return rule == null || isNarrow(call) ? null : rule.choose(call, uses);
  }
}
