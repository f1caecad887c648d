package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.op.random.RandomOp;
import java.util.function.Consumer;

/** Random numbers, made on the host. */
final class Randoms {

  private Randoms() {}

  static HostKernelChoice fill(OpCall call) {
    RandomOp op = (RandomOp) call.op();
    return Choice.of(
        b -> {
          Consumer<CounterRandom> filler = op.filler(b.out());
          return () ->
              filler.accept(CounterRandom.of(b.clock().seed(), b.clock().step(), op.stream()));
        });
  }
}
