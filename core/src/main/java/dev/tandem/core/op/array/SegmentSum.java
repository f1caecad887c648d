package dev.tandem.core.op.array;

import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Rows summed into a table: from (values (…, size), integer indices (…)) to (rows, size), where
 * each value is added to the row that its index says. A run with an index outside [0, rows) is an
 * IllegalArgumentException on all engines. The adjoint of {@link Gather}.
 *
 * @param rows of the table
 */
public record SegmentSum(long rows) implements TableOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Shape values = inputs.get(0).shape();
    Gather.requireIndices(opName(), inputs.get(1));
    if (values.rank() == 0 || !values.without(-1).equals(inputs.get(1).shape())) {
      throw new IllegalArgumentException(
          "segment_sum of " + values + " with indices " + inputs.get(1).shape());
    }
    return inputs.get(0).withShape(Shape.of(rows, values.size(-1)));
  }

  @Override
  public int indices() {
    return 1;
  }

  @Override
  public long rows(OpCall call) {
    return rows;
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    long count = e.shape(1).length();
    SDVariable values = e.sd().reshape(e.in(0), count, e.shape(0).size(-1));
    SDVariable indices = e.sd().reshape(e.in(1), count);
    if (count == 1) { // which the native op would take for numbers of their own
      INDArray none = Nd4j.zeros(e.specs().get(0).dtype(), 1, e.shape(0).size(-1));
      values = e.sd().concat(0, values, e.sd().constant(none));
      indices = e.sd().concat(0, indices, indices);
    }
    return e.sd().unsortedSegmentSum(values, indices, Math.toIntExact(rows));
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList(ArrayOps.gather(back.ops(), back.upstream(), back.input(1)), null);
  }
}
