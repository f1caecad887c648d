package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.cuda.device.Command;
import dev.tandem.cuda.text.CType;
import dev.tandem.cuda.text.Fusion;
import dev.tandem.cuda.text.KernelText;
import dev.tandem.cuda.text.Made;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A kernel of a thread for each element of the output, with all that it alone reads. */
final class Elementwise implements CudaChoice {

  private final ImmutableList<Value> inputs;
  private final KernelText kernel;
  private final Fusion fusion;

  private Elementwise(OpCall call, Fusion fusion) {
    Value out = call.outputs().get(0);
    CType type = Objects.requireNonNull(CType.of(out.dtype()));
    String result = fusion.computed(call, "i");
    String statements = fusion.take();
    this.fusion = fusion;
    this.inputs = ImmutableList.copyOf(fusion.inputs());
    long length = out.shape().length();
    String element = statements + "    " + Made.store("p" + inputs.size(), "i", result) + "\n";
    ImmutableList.Builder<String> parameters = ImmutableList.builder();
    for (int i = 0; i < inputs.size(); i++) {
      String parameter = fusion.types().get(i);
      // where the output may lie in an input's place, the two are not said to be apart
      parameters.add(fusion.readsInPlace(i) ? parameter.replace("__restrict__ ", "") : parameter);
    }
    parameters.add(type.output());
    this.kernel = KernelText.over(call.op().opName(), parameters.build(), element, length);
  }

  /** The kernel of a call, or null if it has no text. */
  static @Nullable CudaChoice of(OpCall call, UseCounts uses) {
    return Fusion.isWritten(call) ? new Elementwise(call, new Fusion(uses)) : null;
  }

  @Override
  public List<Value> inputs(OpCall call) {
    return inputs;
  }

  @Override
  public boolean mayShare(int output, int input) {
    return fusion.readsInPlace(input);
  }

  @Override
  public List<Command> commands(Places places) {
    ImmutableList<Long> addresses =
        ImmutableList.<Long>builder().addAll(places.inputs()).add(places.out()).build();
    return List.of(
        new Command.Launch(
            kernel, addresses, Launches.lengths(inputs, places.call().outputs().subList(0, 1))));
  }
}
