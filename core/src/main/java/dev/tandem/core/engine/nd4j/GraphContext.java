package dev.tandem.core.engine.nd4j;

import static dev.tandem.core.engine.nd4j.NativeLibrary.NATIVE;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.javacpp.BooleanPointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.nativeblas.OpaqueContext;

/**
 * The native context of one op: its arrays and arguments. ND4J's own object for it has a close that
 * does nothing, and holds the native one until the garbage collector has found it.
 */
final class GraphContext implements AutoCloseable {

  private static final @Nullable Pointer ON_HOST_ALONE = null;
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final OpaqueContext context = NATIVE.createGraphContext(1);
  private final List<INDArray> arrays; // kept, since an array's memory is freed with it
  private boolean closed;

  /** A context of an op on these arrays. */
  GraphContext(List<INDArray> inputs, List<INDArray> outputs, Arguments arguments) {
    OPEN.incrementAndGet();
    this.arrays = ImmutableList.<INDArray>builder().addAll(inputs).addAll(outputs).build();
    for (int i = 0; i < inputs.size(); i++) {
      NATIVE.setGraphContextInputArray(
          context, i, buffer(inputs.get(i)), shape(inputs.get(i)), ON_HOST_ALONE, ON_HOST_ALONE);
    }
    for (int i = 0; i < outputs.size(); i++) {
      NATIVE.setGraphContextOutputArray(
          context, i, buffer(outputs.get(i)), shape(outputs.get(i)), ON_HOST_ALONE, ON_HOST_ALONE);
    }
    set(arguments);
  }

  private static @Nullable Pointer buffer(INDArray array) {
    return array.isEmpty() ? null : array.data().addressPointer();
  }

  private static Pointer shape(INDArray array) {
    return array.shapeInfoDataBuffer().addressPointer();
  }

  /** Native code copies what it is told. */
  private void set(Arguments arguments) {
    try (LongPointer integers = new LongPointer(arguments.integers());
        DoublePointer floats = new DoublePointer(arguments.floats());
        BooleanPointer flags = new BooleanPointer(arguments.flags());
        IntPointer types = new IntPointer(arguments.typeNumbers())) {
      if (arguments.integers().length > 0) {
        NATIVE.setGraphContextIArguments(context, integers, arguments.integers().length);
      }
      if (arguments.floats().length > 0) {
        NATIVE.setGraphContextTArguments(context, floats, arguments.floats().length);
      }
      if (arguments.flags().length > 0) {
        NATIVE.setGraphContextBArguments(context, flags, arguments.flags().length);
      }
      if (arguments.types().length > 0) {
        NATIVE.setGraphContextDArguments(context, types, arguments.types().length);
      }
    }
    if (!arguments.helpers()) {
      NATIVE.ctxAllowHelpers(context, false);
    }
  }

  /** The native context. */
  Pointer pointer() {
    return context;
  }

  /** The arrays, inputs first. */
  List<INDArray> arrays() {
    return arrays;
  }

  /** The number of contexts that were not closed yet. */
  static int open() {
    return OPEN.get();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      OPEN.decrementAndGet();
      NATIVE.deleteGraphContext(context);
    }
  }

  /**
   * The arguments of an op besides its arrays.
   *
   * @param helpers whether libraries may help ND4J's own code
   */
  record Arguments(
      double[] floats, long[] integers, boolean[] flags, DataType[] types, boolean helpers) {

    private int[] typeNumbers() {
      int[] numbers = new int[types.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = types[i].toInt();
      }
      return numbers;
    }
  }
}
