package dev.tandem.cuda.kernel;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Constants;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.StepClock;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.engine.nd4j.ExpressionKernels;
import dev.tandem.core.op.Op;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.samediff.SameDiffGradient;
import dev.tandem.core.op.samediff.SameDiffOp;
import dev.tandem.cuda.device.Command;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A call of code that nobody can write for a card, such as users' SameDiff code. It runs on the
 * host, in the middle of a program: its inputs are fetched, and its outputs brought back. Listings
 * name it as in {@code host swish}.
 */
public final class HostCode implements CudaChoice {

  private static final String OWN = "dev.tandem.";

  private final HostKernelChoice code;

  private HostCode(HostKernelChoice code) {
    this.code = code;
  }

  /** How the host runs a call, or null if it is no user's code. */
  static @Nullable CudaChoice choose(OpCall call, UseCounts uses) {
    if (!isOfUsers(call.op())) {
      return null;
    }
    HostKernelChoice code = new ExpressionKernels().choose(call, uses);
    return code == null ? null : new HostCode(code);
  }

  private static boolean isOfUsers(Op op) {
    return op instanceof SameDiffOp
        || op instanceof SameDiffGradient
        || !op.getClass().getName().startsWith(OWN);
  }

  @Override
  public String label(OpCall call) {
    return "host " + call.op().opName();
  }

  @Override
  public List<Command> commands(Places places) {
    throw new IllegalStateException(label(places.call()) + " is no command of a card");
  }

  /**
   * What runs it.
   *
   * @param inputs an array for each input of the call, dense and in 'c' order
   * @param outputs an array for each output
   */
  public Kernel bind(OpCall call, ImmutableList<INDArray> inputs, ImmutableList<INDArray> outputs) {
    return code.bind(
        new Binding(call, inputs, outputs, ImmutableList.of(), new Constants(), new StepClock()));
  }
}
