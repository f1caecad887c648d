package dev.tandem.core.op.array;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.CumulativeSum;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * The int64 places of the first elements of each row (along the last axis) in sorted order. Equal
 * ones stay in their order, and NaN counts as larger than all numbers. No gradient.
 *
 * @param count how many of each row
 * @param descending whether the largest come first
 */
public record SortIndices(long count, boolean descending) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Shape shape = inputs.get(0).shape();
    if (!inputs.get(0).dtype().isFPType() || shape.rank() == 0) {
      throw new IllegalArgumentException(
          "sort_indices needs floating point rows, not " + inputs.get(0));
    } else if (count < 1 || count > shape.size(-1)) {
      throw new IllegalArgumentException(
          "the first "
              + count
              + " of rows of "
              + shape.size(-1)
              + " in "
              + shape
              + "; take from 1 to "
              + shape.size(-1));
    }
    return List.of(new TensorSpec(shape.with(-1, count), DataType.INT64));
  }

  /** By counting for each element those that come before it. */
  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    long size = x.shape().size(-1);
    Value own = ops.reshape(x, x.shape().append(1));
    Value other = ops.reshape(x, x.shape().with(-1, 1).append(size));
    Value first = descending ? other : own;
    Value second = descending ? own : other;
    Value ones = ops.fill(1, new TensorSpec(Shape.of(size), x.dtype()));
    Value places = ops.one(new CumulativeSum(0, true, false), ones);
    Value earlier = ops.greater(ops.reshape(places, size, 1), places);
    Value before =
        ops.add(larger(ops, first, second), ops.multiply(same(ops, own, other), earlier));
    Value rank = ops.sum(before, false, -1);
    Value wanted = ops.slice(places, 0, 0, count);
    Value hit =
        ops.equal(
            ops.reshape(rank, x.shape().with(-1, 1).append(size)), ops.reshape(wanted, count, 1));
    return List.of(ops.cast(ops.sum(ops.multiply(hit, places), false, -1), DataType.INT64));
  }

  private static Value missing(Ops ops, Value x) {
    return ops.shift(ops.negate(ops.equal(x, x)), 1);
  }

  private static Value larger(Ops ops, Value a, Value b) {
    return ops.add(ops.greater(a, b), ops.multiply(missing(ops, a), ops.equal(b, b)));
  }

  private static Value same(Ops ops, Value a, Value b) {
    return ops.add(ops.equal(a, b), ops.multiply(missing(ops, a), missing(ops, b)));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList((Value) null);
  }
}
