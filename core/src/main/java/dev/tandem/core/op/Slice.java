package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * A box out of the input.
 *
 * @param begin the first index along each axis
 * @param size how many along each axis
 */
public record Slice(Shape begin, Shape size) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Shape from = inputs.get(0).shape();
    if (begin.rank() != from.rank() || size.rank() != from.rank() || !begin.isConcrete()) {
      throw new IllegalArgumentException(this + " does not lie in " + from);
    }
    for (int i = 0; i < from.rank(); i++) {
      if (begin.size(i) + size.size(i) > from.size(i)) {
        throw new IllegalArgumentException(this + " does not lie in " + from);
      }
    }
    return inputs.get(0).withShape(size);
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    int[] from = Arrays.stream(begin.toArray()).mapToInt(Math::toIntExact).toArray();
    int[] sizes = Arrays.stream(size.toArray()).mapToInt(Math::toIntExact).toArray();
    return e.sd().slice(e.in(0), from, sizes);
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new Pad(begin, back.input(0).shape()), back.upstream()));
  }
}
