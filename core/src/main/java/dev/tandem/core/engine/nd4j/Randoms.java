package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.op.CounterRandom;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.RandomOp;

/** Random numbers, made on the host. */
final class Randoms {

  private Randoms() {}

  static KernelChoice fill(OpCall call) {
    RandomOp op = (RandomOp) call.op();
    return Choice.of(
        b ->
            () ->
                op.fill(
                    CounterRandom.of(b.clock().seed(), b.clock().step(), op.stream()), b.out()));
  }
}
