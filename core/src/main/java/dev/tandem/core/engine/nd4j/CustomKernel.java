package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Kernel;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/** A native custom op with its context, called directly. */
final class CustomKernel implements Kernel {

  private final String name;
  private final OpContext context; // owns the native context
  private final Pointer nativeContext;
  private final long hash;

  CustomKernel(String name, OpContext context) {
    this.name = name;
    this.context = context;
    this.nativeContext = context.contextPointer();
    this.hash = DynamicCustomOp.builder(name).build().opHash();
  }

  /** A context that holds these arrays and arguments. */
  static OpContext context(
      List<INDArray> inputs,
      List<INDArray> outputs,
      double[] floats,
      long[] args,
      boolean[] flags) {
    OpContext context = Nd4j.getExecutioner().buildContext();
    context.setInputArrays(inputs);
    context.setOutputArrays(outputs);
    context.setTArguments(floats);
    context.setIArguments(args);
    context.setBArguments(flags);
    return context;
  }

  @Override
  public void run() {
    try {
      int status =
          (int) EntryPoints.EXEC_CUSTOM.invokeExact((PointerPointer<?>) null, hash, nativeContext);
      if (status != 0) {
        throw EntryPoints.failure(name);
      }
    } catch (Throwable e) {
      throw EntryPoints.rethrown(e);
    }
  }

  @Override
  public String toString() {
    return name + context.getIArguments();
  }
}
