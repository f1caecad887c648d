package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.List;
import java.util.Objects;
import org.nd4j.linalg.api.buffer.DataType;

/** Results of sums over nothing. */
final class Zeros {

  private Zeros() {}

  /** Writes zeros. */
  static List<Command> commands(DataType dtype, long length, long out) {
    if (length == 0) {
      return List.of();
    }
    CType type = Objects.requireNonNull(CType.of(dtype));
    String body = ElementLoop.over(length, length, "    p0[i] = 0;\n");
    KernelText text =
        new KernelText("zeros", ImmutableList.of(type.output()), body, Grid.over(length));
    return List.of(new Command.Launch(text, ImmutableList.of(out), ImmutableList.of(length)));
  }
}
