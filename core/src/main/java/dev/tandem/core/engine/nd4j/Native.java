package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.nd4j.GraphContext.Arguments;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's native ops bound to arrays. */
final class Native {

  private static final DataType[] NO_TYPES = {};

  private Native() {}

  /** A custom op by its name, with integer arguments. */
  static Kernel custom(String name, List<INDArray> inputs, List<INDArray> outputs, long... args) {
    return custom(name, inputs, outputs, new double[0], args);
  }

  /** A custom op by its name, with floating and integer arguments. */
  static Kernel custom(
      String name, List<INDArray> inputs, List<INDArray> outputs, double[] floats, long... args) {
    return custom(name, inputs, outputs, floats, args, new boolean[0]);
  }

  /** A custom op by its name, with all kinds of arguments. */
  static Kernel custom(
      String name,
      List<INDArray> inputs,
      List<INDArray> outputs,
      double[] floats,
      long[] args,
      boolean[] flags) {
    return custom(name, inputs, outputs, new Arguments(floats, args, flags, NO_TYPES, true));
  }

  /** A custom op by ND4J's own code alone, not by a library that helps it. */
  static Kernel withoutHelpers(
      String name, List<INDArray> inputs, List<INDArray> outputs, long... args) {
    return custom(
        name, inputs, outputs, new Arguments(new double[0], args, new boolean[0], NO_TYPES, false));
  }

  /** A custom op by its name. */
  static Kernel custom(
      String name, List<INDArray> inputs, List<INDArray> outputs, Arguments arguments) {
    if (NativeLibrary.isUsable()) {
      return new CustomKernel(name, inputs, outputs, arguments);
    }
    OpExecutioner executioner = Nd4j.getExecutioner();
    DynamicCustomOp op = DynamicCustomOp.builder(name).build();
    OpContext context = executioner.buildContext();
    context.setInputArrays(inputs);
    context.setOutputArrays(outputs);
    context.setTArguments(arguments.floats());
    context.setIArguments(arguments.integers());
    context.setBArguments(arguments.flags());
    context.setDArguments(arguments.types());
    context.allowHelpers(arguments.helpers());
    return () -> executioner.exec(op, context);
  }

  /** A legacy op that holds its arrays itself. */
  static Kernel legacy(Op op) {
    if (NativeLibrary.isUsable() && LegacyKernel.supports(op)) {
      return new LegacyKernel(op);
    }
    OpExecutioner executioner = Nd4j.getExecutioner();
    return () -> executioner.exec(op);
  }
}
