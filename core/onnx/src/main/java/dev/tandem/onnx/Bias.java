package dev.tandem.onnx;

import dev.tandem.core.op.BinaryFunction;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import java.util.Optional;

/**
 * A number for each channel that is added to a product or a convolution, which nothing else reads.
 *
 * @param call the addition
 * @param value (channels)
 */
record Bias(OpCall call, Value value) {

  static Optional<Bias> of(OpCall product, NetWriter net) {
    Value y = product.outputs().get(0);
    return net.uses()
        .only(y)
        .filter(call -> call.op() == BinaryFunction.ADD)
        .map(call -> new Bias(call, call.inputs().get(call.inputs().get(0).equals(y) ? 1 : 0)))
        .filter(
            bias ->
                net.isConstant(bias.value())
                    && bias.value().rank() == 1
                    && bias.value().shape().size(0) == y.shape().size(-1));
  }

  /** The value with the bias. */
  Value result() {
    return call.outputs().get(0);
  }
}
