package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.BiasSum;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.Conv2DOp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/** Sums with a bias. */
final class Biases {

  private Biases() {}

  /** With the convolution before it where there is one, else as an op of its own; or null. */
  static @Nullable HostKernelChoice add(OpCall call, UseCounts uses) {
    BiasSum sum = BiasSum.of(call);
    if (sum == null) {
      return null;
    }
    HostKernelChoice convolution = convolution(call, sum, uses);
    return convolution != null ? convolution : plain(sum.x(), sum.bias());
  }

  private static @Nullable HostKernelChoice convolution(OpCall call, BiasSum sum, UseCounts uses) {
    OpCall before = sum.x().call();
    boolean narrow = before.inputs().stream().anyMatch(input -> input.dtype() == DataType.BFLOAT16);
    if (!(before.op() instanceof Conv2DOp) || narrow || !uses.only(sum.x(), call)) {
      return null;
    }
    return Convolution.withBias(before, sum.bias());
  }

  private static HostKernelChoice plain(Value x, Value bias) {
    long channels = bias.shape().length();
    return Choice.of(
            b ->
                Native.custom(
                    "biasadd", List.of(b.in(0), Shapes.reshaped(b.in(1), channels)), b.outputs()))
        .reading(x, bias)
        .sharing(0, 0);
  }
}
