package dev.tandem.cuda.kernel;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.cuda.device.Command;
import java.util.List;

/**
 * A choice whose products and convolutions by libraries take float32 as TF32.
 *
 * @param choice what runs
 */
record Tf32(CudaChoice choice) implements CudaChoice {

  @Override
  public String label(OpCall call) {
    return choice.label(call);
  }

  @Override
  public List<Value> inputs(OpCall call) {
    return choice.inputs(call);
  }

  @Override
  public List<TensorSpec> scratch() {
    return choice.scratch();
  }

  @Override
  public boolean mayShare(int output, int input) {
    return choice.mayShare(output, input);
  }

  @Override
  public List<Command> commands(Places places) {
    return choice.commands(places).stream().map(Tf32::lowered).toList();
  }

  private static Command lowered(Command command) {
    if (command instanceof Command.Product product) {
      return product.asTf32();
    }
    return command instanceof Command.Convolution convolution ? convolution.asTf32() : command;
  }
}
