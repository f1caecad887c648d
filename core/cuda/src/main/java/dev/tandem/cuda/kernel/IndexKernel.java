package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Fusion;
import dev.tandem.cuda.text.Grid;
import dev.tandem.cuda.text.KernelText;
import java.util.List;
import java.util.Objects;

/** One kernel with what it computes of its inputs itself, and a place to say what is wrong. */
final class IndexKernel implements CudaChoice {

  private final ImmutableList<Value> inputs;
  private final KernelText kernel;

  /**
   * A kernel.
   *
   * @param fusion with the values that the text reads as p0, p1, …
   * @param tables what it reads besides: at most one, $table
   * @param text in which $out is the output and $errors the place for errors
   */
  IndexKernel(OpCall call, Fusion fusion, List<Value> tables, String text, Grid grid) {
    this.inputs = ImmutableList.<Value>builder().addAll(fusion.inputs()).addAll(tables).build();
    ImmutableList.Builder<String> parameters = ImmutableList.builder();
    parameters.addAll(fusion.types());
    tables.forEach(table -> parameters.add(type(table).input()));
    parameters.add(type(call.outputs().get(0)).output(), "unsigned long long *");
    String body =
        text.replace("$table", "p" + fusion.inputs().size())
            .replace("$out", "p" + inputs.size())
            .replace("$errors", "p" + (inputs.size() + 1));
    this.kernel = new KernelText(call.op().opName(), parameters.build(), body, grid);
  }

  private static CType type(Value value) {
    return Objects.requireNonNull(CType.of(value.dtype()), value::toString);
  }

  @Override
  public List<Value> inputs(OpCall call) {
    return inputs;
  }

  @Override
  public List<Command> commands(Places places) {
    ImmutableList<Long> addresses =
        ImmutableList.<Long>builder()
            .addAll(places.inputs())
            .add(places.out())
            .add(places.errors())
            .build();
    ImmutableList<Long> lengths =
        ImmutableList.<Long>builder()
            .addAll(Launches.lengths(inputs, places.call().outputs().subList(0, 1)))
            .add(2L)
            .build();
    return List.of(new Command.Launch(kernel, addresses, lengths));
  }
}
