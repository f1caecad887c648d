package dev.tandem.examples.bench.systems;

import dev.tandem.examples.bench.measure.Program;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Unsupported;
import dev.tandem.examples.bench.measure.Workload;
import java.util.Arrays;

/** Measures one {@link Contender} in a process of its own, as the programs of other systems do. */
public final class ContenderProgram {

  private ContenderProgram() {}

  /** Takes the contender's label, then WORKLOAD, ITERS and WARMUP. */
  public static void main(String... args) {
    Contender contender =
        Arrays.stream(Contender.values())
            .filter(c -> args.length > 0 && c.label().equals(args[0]))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "arguments do not begin with one of "
                            + Arrays.stream(Contender.values()).map(Contender::label).toList()));
    new Program(contender.label(), task -> make(contender, task))
        .main(Arrays.copyOfRange(args, 1, args.length));
  }

  private static Workload make(Contender contender, Task task) {
    if (!contender.takes(task)) {
      throw new Unsupported("not written in plain SameDiff");
    }
    return contender.make(task);
  }
}
