package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Kernel;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's native ops bound to arrays. */
final class Native {

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
    return custom(name, CustomKernel.context(inputs, outputs, floats, args, flags));
  }

  /** A custom op by ND4J's own code alone, not by a library that helps it. */
  static Kernel withoutHelpers(
      String name, List<INDArray> inputs, List<INDArray> outputs, long... args) {
    OpContext context = CustomKernel.context(inputs, outputs, new double[0], args, new boolean[0]);
    context.allowHelpers(false);
    return custom(name, context);
  }

  /** A custom op in a context that holds all it needs. */
  static Kernel custom(String name, OpContext context) {
    if (EntryPoints.usable()) {
      return new CustomKernel(name, context);
    }
    OpExecutioner executioner = Nd4j.getExecutioner();
    DynamicCustomOp op = DynamicCustomOp.builder(name).build();
    return () -> executioner.exec(op, context);
  }

  /** A legacy op that holds its arrays itself. */
  static Kernel legacy(Op op) {
    if (EntryPoints.usable() && LegacyKernel.supports(op)) {
      return new LegacyKernel(op);
    }
    OpExecutioner executioner = Nd4j.getExecutioner();
    return () -> executioner.exec(op);
  }
}
