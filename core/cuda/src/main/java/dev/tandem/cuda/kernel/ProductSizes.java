package dev.tandem.cuda.kernel;

import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The sizes of a matrix product of one or many.
 *
 * @param transposeA whether the first lies as (batch, inner, rows)
 * @param transposeB whether the second lies as (batch, columns, inner)
 */
record ProductSizes(
    DataType dtype,
    long batch,
    long rows,
    long inner,
    long columns,
    boolean transposeA,
    boolean transposeB) {

  /** Those of a call. */
  static ProductSizes of(OpCall call) {
    MatMul op = (MatMul) call.op();
    Shape a = call.inputs().get(0).shape();
    Shape out = call.outputs().get(0).shape();
    return new ProductSizes(
        call.outputs().get(0).dtype(),
        out.rank() == 3 ? out.size(0) : 1,
        out.size(-2),
        a.size(op.transposeA() ? -2 : -1),
        out.size(-1),
        op.transposeA(),
        op.transposeB());
  }

  /** The elements of the first matrices. */
  long firstLength() {
    return batch * rows * inner;
  }

  /** The elements of the second matrices. */
  long secondLength() {
    return batch * inner * columns;
  }

  /** The number of results. */
  long length() {
    return batch * rows * columns;
  }
}
