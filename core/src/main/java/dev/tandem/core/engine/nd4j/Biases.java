package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.Uses;
import dev.tandem.core.op.Conv2D;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sums of which one side has one number a channel: the bias of a layer. */
final class Biases {

  private Biases() {}

  /** With the convolution before it where there is one, else as an op of its own; or null. */
  static @Nullable KernelChoice add(OpCall call, Uses uses) {
    for (int i = 0; i < 2; i++) {
      Value x = call.inputs().get(i);
      Value bias = call.inputs().get(1 - i);
      if (isBias(bias.shape(), x.shape())) {
        KernelChoice convolution = convolution(call, x, bias, uses);
        return convolution != null ? convolution : plain(x, bias);
      }
    }
    return null;
  }

  private static boolean isBias(Shape bias, Shape x) {
    return x.rank() > 1
        && bias.length() == x.size(-1)
        && bias.rank() > 0
        && bias.rank() <= x.rank()
        && bias.size(-1) == x.size(-1)
        && !bias.equals(x);
  }

  private static @Nullable KernelChoice convolution(OpCall call, Value x, Value bias, Uses uses) {
    OpCall before = x.call();
    if (!(before.op() instanceof Conv2D) || !uses.only(x, call)) {
      return null;
    }
    return Convolution.withBias(before, bias);
  }

  private static KernelChoice plain(Value x, Value bias) {
    long channels = bias.shape().length();
    return Choice.of(
            b ->
                Native.custom(
                    "biasadd", List.of(b.in(0), Shapes.reshaped(b.in(1), channels)), b.outputs()))
        .reading(x, bias)
        .sharing(0, 0);
  }
}
