package dev.tandem.cuda.kernel;

import dev.tandem.core.op.MatMul;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.Precision;
import dev.tandem.core.tensor.Shape;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The sizes of a matrix product of one or many.
 *
 * @param dtype of the sums, and of what comes out
 * @param precision of both matrices
 * @param transposeA whether the first lies as (batch, inner, rows)
 * @param transposeB whether the second lies as (batch, columns, inner)
 */
record ProductSizes(
    DataType dtype,
    Precision precision,
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
        precision(call),
        out.rank() == 3 ? out.size(0) : 1,
        out.size(-2),
        a.size(op.transposeA() ? -2 : -1),
        out.size(-1),
        op.transposeA(),
        op.transposeB());
  }

  /** How a product or convolution takes its operands, as they come in. */
  static Precision precision(OpCall call) {
    return call.inputs().get(0).dtype() == DataType.BFLOAT16 ? Precision.BF16 : Precision.FLOAT32;
  }

  /** The number of results. */
  long length() {
    return batch * rows * columns;
  }
}
