package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.nd4j.GraphContext.Arguments;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;

/** A native custom op with its context, called directly. */
final class CustomKernel implements Kernel {

  private static final @Nullable PointerPointer<?> NO_POINTERS = null;

  private final String name;
  private final GraphContext context;
  private final Pointer nativeContext;
  private final long hash;

  CustomKernel(String name, List<INDArray> inputs, List<INDArray> outputs, Arguments arguments) {
    this.name = name;
    this.context = new GraphContext(inputs, outputs, arguments);
    this.nativeContext = context.pointer();
    this.hash = DynamicCustomOp.builder(name).build().opHash();
  }

  @Override
  public void run() {
    if (NativeLibrary.NATIVE.execCustomOp2(NO_POINTERS, hash, nativeContext) != 0) {
      throw NativeLibrary.failure(name);
    }
  }

  @Override
  public void close() {
    context.close();
  }

  @Override
  public String toString() {
    return name + " on " + context.arrays().size() + " arrays";
  }
}
