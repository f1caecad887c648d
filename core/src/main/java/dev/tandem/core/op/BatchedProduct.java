package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import java.util.stream.LongStream;

/** Matrix products of any rank, as those of matrices or of one axis of them. */
final class BatchedProduct {

  private BatchedProduct() {}

  static Value of(Ops ops, Value a, Value b, MatMul product) {
    if (a.rank() == b.rank() && a.rank() < 4 && (a.rank() < 3 || batch(a).equals(batch(b)))) {
      return ops.one(product, a, b);
    } else if (a.rank() < 2 || b.rank() < 2) {
      throw new IllegalArgumentException(
          "matmul of " + a.shape() + " and " + b.shape() + "; both need two axes or more");
    }
    Shape batch = common(a, b);
    if (b.rank() == 2 && !product.transposeA()) {
      Value rows = ops.reshape(a, batch.length() * a.shape().size(-2), a.shape().size(-1));
      Value made = ops.one(product, rows, b);
      return ops.reshape(made, with(batch, a.shape().size(-2), made.shape().size(-1)));
    }
    Value made = ops.one(product, spread(ops, a, batch), spread(ops, b, batch));
    return ops.reshape(made, with(batch, made.shape().size(-2), made.shape().size(-1)));
  }

  private static Shape common(Value a, Value b) {
    try {
      return Broadcast.common(batch(a), batch(b));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "matmul of " + a.shape() + " and " + b.shape() + ": batches of " + e.getMessage(), e);
    }
  }

  private static Shape batch(Value matrices) {
    return Shape.of(
        LongStream.of(matrices.shape().toArray()).limit(matrices.rank() - 2L).toArray());
  }

  private static Shape with(Shape batch, long rows, long columns) {
    return batch.append(rows).append(columns);
  }

  /** (batch, rows, columns), with matrices repeated where a batch is. */
  private static Value spread(Ops ops, Value matrices, Shape batch) {
    long rows = matrices.shape().size(-2);
    long columns = matrices.shape().size(-1);
    Value all = ops.broadcastTo(matrices, with(batch, rows, columns));
    return ops.reshape(all, batch.length(), rows, columns);
  }
}
