package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.enums.PadMode;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The input as a box in a larger tensor of zeros: the adjoint of {@link Slice}.
 *
 * @param begin where the input begins along each axis
 * @param shape the sizes after it
 */
public record Pad(Shape begin, Shape shape) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Shape from = inputs.get(0).shape();
    if (begin.rank() != from.rank() || shape.rank() != from.rank() || !begin.isConcrete()) {
      throw new IllegalArgumentException(from + " does not fit: " + this);
    }
    for (int i = 0; i < from.rank(); i++) {
      if (begin.size(i) + from.size(i) > shape.size(i)) {
        throw new IllegalArgumentException(from + " does not fit: " + this);
      }
    }
    return inputs.get(0).withShape(shape);
  }

  /** The sizes added before and after each axis: (rank, 2). */
  public int[][] amounts(Shape from) {
    int[][] amounts = new int[shape.rank()][2];
    for (int i = 0; i < amounts.length; i++) {
      amounts[i][0] = (int) begin.size(i);
      amounts[i][1] = (int) (shape.size(i) - begin.size(i) - from.size(i));
    }
    return amounts;
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    int[][] amounts = amounts(e.shape(0));
    return e.sd()
        .nn()
        .pad(e.in(0), e.sd().constant(Nd4j.createFromArray(amounts)), PadMode.CONSTANT, 0);
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new Slice(begin, back.input(0).shape()), back.upstream()));
  }
}
