package dev.tandem.onnx;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.Sum;
import java.util.Optional;

/** Sums of which only the share of each is read. */
final class Means {

  private Means() {}

  /** The call that makes a sum a mean. */
  static Optional<OpCall> of(OpCall sum, NetWriter net) {
    double count = 1;
    for (int axis : ((Sum) sum.op()).axes().list()) {
      count *= sum.inputs().get(0).shape().size(axis);
    }
    double share = 1 / count;
    return net.uses()
        .only(sum.outputs().get(0))
        .filter(
            call ->
                call.op() instanceof Scale scale && Math.abs(scale.factor() / share - 1) < 1e-12);
  }
}
