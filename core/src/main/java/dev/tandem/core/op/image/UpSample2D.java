package dev.tandem.core.op.image;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Collections;
import java.util.List;

/**
 * Each pixel of (batch, height, width, channels) repeated as a block: the nearest neighbor. {@link
 * BlockSum2D} is its adjoint.
 *
 * @param factorHeight rows of a block, at least 1
 * @param factorWidth columns of a block, at least 1
 */
public record UpSample2D(int factorHeight, int factorWidth) implements Composite {

  /** Checks the factors. */
  public UpSample2D {
    if (factorHeight < 1 || factorWidth < 1) {
      throw new IllegalArgumentException(
          "upsampling factors are not positive: " + factorHeight + ", " + factorWidth);
    }
  }

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Shape x = inputs.get(0).shape();
    if (x.rank() != 4) {
      throw new IllegalArgumentException(
          "up_sample2d of " + x + ", not (batch, height, width, channels)");
    }
    return List.of(
        inputs
            .get(0)
            .withShape(x.with(1, x.size(1) * factorHeight).with(2, x.size(2) * factorWidth)));
  }

  /** As concatenations of whole pixels, then of whole rows. */
  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    long rows = x.shape().size(0) * x.shape().size(1);
    long columns = x.shape().size(2);
    long channels = x.shape().size(3);
    Value pixels = ops.reshape(x, rows * columns, 1, channels);
    Value wide = ops.concat(1, Collections.nCopies(factorWidth, pixels));
    Value lines = ops.reshape(wide, rows, 1, columns * factorWidth * channels);
    Value all = ops.concat(1, Collections.nCopies(factorHeight, lines));
    return List.of(ops.reshape(all, infer(List.of(x.spec())).get(0).shape()));
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new BlockSum2D(factorHeight, factorWidth), back.upstream()));
  }
}
