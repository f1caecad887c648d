package dev.tandem.gan.metric;

import dev.tandem.core.backend.Backend;
import java.lang.ref.Reference;
import java.nio.DoubleBuffer;
import org.bytedeco.javacpp.DoublePointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** Float64 matrices in 'c' order. */
final class Matrices {

  private Matrices() {}

  /** A new matrix whose numbers are not set. */
  static INDArray create(long rows, long columns) {
    Backend.require();
    return Nd4j.createUninitialized(DataType.DOUBLE, new long[] {rows, columns}, 'c');
  }

  /** Rows of a matrix, as a new one. */
  static INDArray gather(INDArray matrix, int[] rows, int from, int to) {
    int columns = Math.toIntExact(matrix.size(1));
    INDArray gathered = create(to - from, columns);
    DoubleBuffer source = memory(matrix);
    DoubleBuffer target = memory(gathered);
    double[] row = new double[columns];
    for (int i = from; i < to; i++) {
      source.position(rows[i] * columns).get(row);
      target.put(row);
    }
    Reference.reachabilityFence(matrix);
    return gathered;
  }

  /** Writes {@code a · bᵀ} into a matrix. */
  static void timesTransposed(INDArray a, INDArray b, INDArray into) {
    multiply(a, false, b, true, into);
  }

  /** {@code aᵀ · b}. */
  static INDArray transposedTimes(INDArray a, INDArray b) {
    INDArray product = create(a.size(1), b.size(1));
    multiply(a, true, b, false, product);
    return product;
  }

  /** {@code a · b}. */
  static INDArray times(INDArray a, INDArray b) {
    INDArray product = create(a.size(0), b.size(1));
    multiply(a, false, b, false, product);
    return product;
  }

  private static void multiply(
      INDArray a, boolean transposeA, INDArray b, boolean transposeB, INDArray into) {
    Nd4j.exec(
        DynamicCustomOp.builder("matmul")
            .addInputs(a, b)
            .addOutputs(into)
            .addIntegerArguments(transposeA ? 1 : 0, transposeB ? 1 : 0)
            .build());
  }

  /** The numbers of a matrix without gaps where they lie, for as long as the matrix is held. */
  static DoubleBuffer memory(INDArray matrix) {
    Nd4j.getAffinityManager().ensureLocation(matrix, AffinityManager.Location.HOST);
    DoublePointer pointer = (DoublePointer) matrix.data().addressPointer();
    return pointer.capacity(matrix.length()).asByteBuffer().asDoubleBuffer();
  }

  /** The numbers of a matrix, row by row, as a new array. */
  static double[] values(INDArray matrix) {
    double[] values = new double[Math.toIntExact(matrix.length())];
    memory(matrix).get(values);
    Reference.reachabilityFence(matrix);
    return values;
  }
}
