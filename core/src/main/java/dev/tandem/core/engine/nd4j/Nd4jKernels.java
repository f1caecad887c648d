package dev.tandem.core.engine.nd4j;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.Abs;
import dev.tandem.core.op.AdamUpdate;
import dev.tandem.core.op.Add;
import dev.tandem.core.op.ArgMax;
import dev.tandem.core.op.AvgPool2D;
import dev.tandem.core.op.AvgPool2DGradient;
import dev.tandem.core.op.BroadcastTo;
import dev.tandem.core.op.Cast;
import dev.tandem.core.op.Concat;
import dev.tandem.core.op.Conv2D;
import dev.tandem.core.op.Conv2DGradients;
import dev.tandem.core.op.Conv2DInputGradient;
import dev.tandem.core.op.Conv2DKernelGradient;
import dev.tandem.core.op.DepthwiseConv2D;
import dev.tandem.core.op.DepthwiseConv2DInputGradient;
import dev.tandem.core.op.DepthwiseConv2DKernelGradient;
import dev.tandem.core.op.Divide;
import dev.tandem.core.op.Equal;
import dev.tandem.core.op.Erf;
import dev.tandem.core.op.Exp;
import dev.tandem.core.op.Gather;
import dev.tandem.core.op.Greater;
import dev.tandem.core.op.LeakyRelu;
import dev.tandem.core.op.LeakyReluGradient;
import dev.tandem.core.op.Log;
import dev.tandem.core.op.Log1p;
import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.MaxPool2DGradient;
import dev.tandem.core.op.Maximum;
import dev.tandem.core.op.Minimum;
import dev.tandem.core.op.Multiply;
import dev.tandem.core.op.OneHot;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.Permute;
import dev.tandem.core.op.Power;
import dev.tandem.core.op.RandomNormal;
import dev.tandem.core.op.RandomUniform;
import dev.tandem.core.op.Relu;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.SegmentSum;
import dev.tandem.core.op.Shift;
import dev.tandem.core.op.Sigmoid;
import dev.tandem.core.op.Sign;
import dev.tandem.core.op.Slice;
import dev.tandem.core.op.Softmax;
import dev.tandem.core.op.Sqrt;
import dev.tandem.core.op.Square;
import dev.tandem.core.op.Step;
import dev.tandem.core.op.Subtract;
import dev.tandem.core.op.Sum;
import dev.tandem.core.op.Tanh;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The table from ops to the native ops that run them. */
public final class Nd4jKernels implements KernelLibrary {

  /** What this library is called. */
  public static final String NAME = "nd4j";

  private static final ImmutableMap<Class<? extends Op>, Rule> RULES =
      ImmutableMap.<Class<? extends Op>, Rule>builder()
          .put(Abs.class, Unary.ABS)
          .put(AdamUpdate.class, rule(Updates::adam))
          .put(Add.class, Elementwise::add)
          .put(ArgMax.class, rule(Tables::argMax))
          .put(AvgPool2D.class, rule(Pools::average))
          .put(AvgPool2DGradient.class, rule(Pools::averageGradient))
          .put(BroadcastTo.class, rule(Shapes::broadcastTo))
          .put(Cast.class, rule(Elementwise::cast))
          .put(Concat.class, rule(Shapes::concat))
          .put(Conv2D.class, rule(Convolution::forward))
          .put(Conv2DGradients.class, Convolution::gradients)
          .put(Conv2DInputGradient.class, rule(Convolution::inputGradient))
          .put(Conv2DKernelGradient.class, rule(Convolution::kernelGradient))
          .put(DepthwiseConv2D.class, rule(Depthwise::forward))
          .put(DepthwiseConv2DInputGradient.class, rule(Depthwise::inputGradient))
          .put(DepthwiseConv2DKernelGradient.class, rule(Depthwise::kernelGradient))
          .put(Divide.class, Elementwise.binary("divide"))
          .put(Equal.class, Elementwise.comparison("equals"))
          .put(Erf.class, Unary.ERF)
          .put(Exp.class, Unary.EXP)
          .put(Gather.class, rule(Tables::gather))
          .put(Greater.class, Elementwise.comparison("greater"))
          .put(LeakyRelu.class, rule(Elementwise::leakyRelu))
          .put(LeakyReluGradient.class, rule(Elementwise::leakyReluGradient))
          .put(Log.class, Unary.LOG)
          .put(Log1p.class, Unary.LOG1P)
          .put(MatMul.class, rule(Products::matmul))
          .put(MaxPool2DGradient.class, rule(Pools::maxGradient))
          .put(Maximum.class, rule(Extremes::max))
          .put(Minimum.class, rule(Extremes::min))
          .put(Multiply.class, Elementwise.binary("multiply"))
          .put(OneHot.class, rule(Tables::oneHot))
          .put(Pad.class, rule(Shapes::pad))
          .put(Permute.class, rule(Shapes::permute))
          .put(Power.class, rule(Elementwise::power))
          .put(RandomNormal.class, rule(Randoms::fill))
          .put(RandomUniform.class, rule(Randoms::fill))
          .put(Relu.class, Elementwise.custom("relu", 0))
          .put(Scale.class, rule(Elementwise::scale))
          .put(SegmentSum.class, rule(Tables::segmentSum))
          .put(Shift.class, rule(Elementwise::shift))
          .put(Sigmoid.class, Elementwise.custom("sigmoid"))
          .put(Sign.class, Unary.SIGN)
          .put(Slice.class, rule(Shapes::slice))
          .put(Softmax.class, rule(Elementwise::softmax))
          .put(Sqrt.class, Unary.SQRT)
          .put(Square.class, Unary.SQUARE)
          .put(Step.class, rule(Elementwise::step))
          .put(Subtract.class, Elementwise.binary("subtract"))
          .put(Sum.class, rule(Products::sum))
          .put(Tanh.class, Elementwise.custom("tanh"))
          .buildOrThrow();

  private static Rule rule(Function<OpCall, @Nullable KernelChoice> choose) {
    return (call, used) -> choose.apply(call);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public @Nullable KernelChoice choose(OpCall call, UseCounts uses) {
    Rule rule = RULES.get(call.op().getClass());
    return rule == null ? null : rule.choose(call, uses);
  }
}
