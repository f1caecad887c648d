package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.RandomNormal;
import dev.tandem.core.op.random.RandomOp;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Random numbers, the same as on the host: a function of seed and step, which the card reads when
 * it runs, of the stream and of the position.
 */
final class Randoms implements CudaChoice {

  private final KernelText kernel;
  private final long stream;

  private Randoms(OpCall call) {
    Value out = call.outputs().get(0);
    CType type = Objects.requireNonNull(CType.of(out.dtype()), out::toString);
    String number =
        call.op() instanceof RandomNormal
            ? "(" + type.text() + ")random_normal(mix(key + i * RANDOM_GAMMA))"
            : "random_uniform" + type.function("") + "(mix(key + i * RANDOM_GAMMA))";
    long length = out.shape().length();
    String body =
        "  const unsigned long long key = random_key(p0, (unsigned long long)p1);\n"
            + Grid.loop("i", length)
            + "    p2[i] = "
            + number
            + ";\n  }\n";
    this.stream = ((RandomOp) call.op()).stream();
    // the stream comes as if it were an address, so that all streams have one kernel
    this.kernel =
        new KernelText(
            call.op().opName(),
            ImmutableList.of("const long long *", Command.Launch.NUMBER, type.output()),
            body,
            Grid.over(length));
  }

  /** How a card runs a call, or null if it is none of these. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    return call.op() instanceof RandomOp ? new Randoms(call) : null;
  }

  @Override
  public List<Command> commands(Places places) {
    return List.of(
        new Command.Launch(
            kernel,
            ImmutableList.of(places.clock(), stream, places.out()),
            ImmutableList.of(2L, 0L, places.call().outputs().get(0).shape().length())));
  }
}
