package dev.tandem.core.op.array;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Rows of tables by integer indices, indices of values, sorted rows, and sums of products by
 * letters.
 */
public final class ArrayOps {

  private ArrayOps() {}

  /** Rows of a table (rows, size) by integer indices of any shape: the shape with size appended. */
  public static Value gather(Ops ops, Value table, Value indices) {
    return ops.one(new Gather(), table, indices);
  }

  /** Values (…, size) summed into the rows of a table (rows, size) that integer indices (…) say. */
  public static Value segmentSum(Ops ops, Value values, Value indices, long rows) {
    return ops.one(new SegmentSum(rows), values, indices);
  }

  /** 1 where integer indices of any shape say along a new last axis, else 0. */
  public static Value oneHot(Ops ops, Value indices, long depth, DataType dtype) {
    return ops.one(new OneHot(depth, dtype), indices);
  }

  /** The int64 index of the largest along the last axis. */
  public static Value argMax(Ops ops, Value x) {
    return ops.one(new ArgMax(), x);
  }

  /** The rows (along the last axis) of a floating point value in ascending order. */
  public static Sorted sort(Ops ops, Value x) {
    return first(ops, x, new SortIndices(x.shape().size(-1), false));
  }

  /**
   * The largest of each row (along the last axis), the very largest first; of equal ones the first.
   *
   * @param k how many
   */
  public static Sorted topK(Ops ops, Value x, long k) {
    return first(ops, x, new SortIndices(k, true));
  }

  /** The first of each row in an order; NaN counts as larger than all numbers. */
  public static Sorted first(Ops ops, Value x, SortIndices order) {
    Value indices = ops.one(order, x);
    return new Sorted(takeAlong(ops, x, indices), indices);
  }

  /**
   * The elements of each row that integer indices say.
   *
   * @param x (…, n)
   * @param indices (…, k), of the shape of x but for the last axis, each in [0, n)
   */
  public static Value takeAlong(Ops ops, Value x, Value indices) {
    Gather.requireIndices("take_along", indices.spec());
    if (x.rank() == 0 || !x.shape().with(-1, 1).equals(indices.shape().with(-1, 1))) {
      throw new IllegalArgumentException(
          "take_along of "
              + x.shape()
              + " by indices "
              + indices.shape()
              + ", which are to have the same axes but for the last one");
    }
    long size = x.shape().size(-1);
    long rows = x.shape().length() / Math.max(1, size);
    Value ones = ops.fill(size, new TensorSpec(Shape.of(rows, 1), DataType.DOUBLE));
    Value begins = ops.cumulativeSum(ones, 0, true, false);
    Value places = ops.reshape(ops.cast(indices, DataType.DOUBLE), rows, indices.shape().size(-1));
    Value flat = ops.cast(ops.add(places, begins), DataType.INT64);
    Value taken = gather(ops, ops.reshape(x, rows * size, 1), flat);
    return ops.reshape(taken, indices.shape());
  }

  /**
   * Products of tensors whose axes are letters, summed over the letters that the result does not
   * have: {@code einsum(ops, "bij,bjk->bik", a, b)} is a batch of matrix products.
   *
   * @param equation the letters of the axes of each input, separated by commas, an arrow, and those
   *     of the result; a letter that stands twice in one input means its diagonal
   * @throws IllegalArgumentException if letters and sizes do not fit; names the letter and both
   *     sizes
   */
  public static Value einsum(Ops ops, String equation, Value... inputs) {
    return Einsum.of(ops, equation, List.of(inputs));
  }
}
