package dev.tandem.core.op;

import com.google.common.collect.Comparators;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import com.google.common.primitives.Ints;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The axes in another order.
 *
 * @param axes for each axis after it, which one it was
 */
public record PermuteOp(ImmutableList<Integer> axes) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Shape from = inputs.get(0).shape();
    if (!axes.stream().sorted().toList().equals(IntStream.range(0, from.rank()).boxed().toList())) {
      throw new IllegalArgumentException(axes + " does not order the axes of " + from);
    }
    return inputs.get(0).withShape(Shape.of(axes.stream().mapToLong(from::size).toArray()));
  }

  /** Whether numbers keep their order. */
  boolean movesOnlyOnes(Shape from) {
    return Comparators.isInOrder(
        Iterables.filter(axes, axis -> from.size(axis) > 1), Comparator.naturalOrder());
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    return e.sd().permute(e.in(0), Ints.toArray(axes));
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Integer[] inverse = new Integer[axes.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[axes.get(i)] = i;
    }
    return List.of(back.ops().one(new PermuteOp(ImmutableList.copyOf(inverse)), back.upstream()));
  }
}
