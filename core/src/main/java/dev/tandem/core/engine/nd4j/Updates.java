package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.Sequence;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.update.AdamUpdate;
import java.util.List;

/** Steps of optimizers. */
final class Updates {

  /** The step number at which the native op's own bias correction has become 1. */
  private static final long LATE = 1_000_000_000;

  private Updates() {}

  static HostKernelChoice adam(OpCall call) {
    AdamUpdate op = (AdamUpdate) call.op();
    return Choice.of(b -> adam(b, op))
        .scratch(call.outputs().get(0).spec())
        .sharing(0, 0)
        .sharing(1, 2)
        .sharing(2, 3);
  }

  private static Kernel adam(Binding b, AdamUpdate op) {
    double[] numbers = {1, op.beta1(), op.beta2(), op.epsilon()};
    Kernel moments =
        Native.custom(
            "adam_updater",
            List.of(b.in(1), b.in(3), b.in(2)),
            List.of(b.scratch(0), b.out(2), b.out(1)),
            numbers,
            LATE);
    Kernel rate = Native.custom("multiply", List.of(b.scratch(0), b.in(4)), b.scratch());
    Kernel move = Native.custom("subtract", List.of(b.in(0), b.scratch(0)), List.of(b.out(0)));
    return Sequence.of(moments, rate, move);
  }
}
