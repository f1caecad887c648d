package dev.tandem.core.engine.nd4j;

import dev.tandem.core.engine.kernel.Kernel;
import java.util.function.LongConsumer;
import java.util.function.LongUnaryOperator;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;
import org.bytedeco.javacpp.indexer.FloatIndexer;
import org.bytedeco.javacpp.indexer.IntIndexer;
import org.bytedeco.javacpp.indexer.LongIndexer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * One-hot rows, written from Java: zeros, and a one in each row. The native op wakes other threads
 * for each of them, which takes 30 times as long for a batch of labels.
 */
final class OneHotRows implements Kernel {

  private final LongUnaryOperator index;
  private final LongConsumer one;
  private final Pointer memory;
  private final long bytes;
  private final long rows;
  private final long depth;

  private OneHotRows(
      LongUnaryOperator index,
      LongConsumer one,
      Pointer memory,
      long bytes,
      long rows,
      long depth) {
    this.index = index;
    this.one = one;
    this.memory = memory;
    this.bytes = bytes;
    this.rows = rows;
    this.depth = depth;
  }

  /** The kernel, or null for types other than those of class numbers and weights. */
  static @Nullable Kernel of(INDArray indices, INDArray out, long depth) {
    LongUnaryOperator index = reader(indices);
    Pointer memory = out.data().addressPointer();
    LongConsumer one = writer(out, memory);
    if (index == null || one == null || out.isEmpty()) {
      return null;
    }
    long bytes = out.length() * out.dataType().width();
    return new OneHotRows(index, one, memory, bytes, indices.length(), depth);
  }

  private static @Nullable LongUnaryOperator reader(INDArray indices) {
    Pointer memory = indices.data().addressPointer();
    long length = indices.length();
    return switch (indices.dataType()) {
      case INT -> {
        IntIndexer numbers = IntIndexer.create(new IntPointer(memory).capacity(length));
        yield numbers::get;
      }
      case LONG -> {
        LongIndexer numbers = LongIndexer.create(new LongPointer(memory).capacity(length));
        yield numbers::get;
      }
      default -> null;
    };
  }

  private static @Nullable LongConsumer writer(INDArray out, Pointer memory) {
    long length = out.length();
    return switch (out.dataType()) {
      case FLOAT -> {
        FloatIndexer floats = FloatIndexer.create(new FloatPointer(memory).capacity(length));
        yield at -> floats.put(at, 1);
      }
      case DOUBLE -> {
        DoubleIndexer doubles = DoubleIndexer.create(new DoublePointer(memory).capacity(length));
        yield at -> doubles.put(at, 1);
      }
      default -> null;
    };
  }

  @Override
  public void run() {
    Pointer.memset(memory, 0, bytes);
    for (long row = 0; row < rows; row++) {
      one.accept(row * depth + index.applyAsLong(row));
    }
  }
}
