package dev.tandem.core.op.array;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import org.nd4j.linalg.api.buffer.DataType;

/** Rows of tables by integer indices, and indices of values. */
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
}
