package dev.tandem.core.engine.kernel;

import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import org.jspecify.annotations.Nullable;

/**
 * A sum of which one side has one number a channel: the bias of a layer.
 *
 * @param x (…, channels)
 * @param bias as many numbers as there are channels
 */
public record BiasSum(Value x, Value bias) {

  /** What a call adds to what, or null if it is no such sum. */
  public static @Nullable BiasSum of(OpCall call) {
    if (!(call.op() == BinaryFunction.ADD)) {
      return null;
    }
    for (int i = 0; i < 2; i++) {
      Value x = call.inputs().get(i);
      Value bias = call.inputs().get(1 - i);
      if (isBias(bias.shape(), x.shape())) {
        return new BiasSum(x, bias);
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
}
