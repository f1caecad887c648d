package dev.tandem.core.op.image;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * The sum of each block of (batch, height, width, channels), channel by channel: the adjoint of
 * {@link UpSample2D}.
 *
 * @param factorHeight rows of a block; divides the height
 * @param factorWidth columns of a block; divides the width
 */
public record BlockSum2D(int factorHeight, int factorWidth) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Shape x = inputs.get(0).shape();
    if (x.rank() != 4 || x.size(1) % factorHeight != 0 || x.size(2) % factorWidth != 0) {
      throw new IllegalArgumentException(
          x + " is not made of blocks of " + factorHeight + " x " + factorWidth);
    }
    return List.of(
        inputs
            .get(0)
            .withShape(x.with(1, x.size(1) / factorHeight).with(2, x.size(2) / factorWidth)));
  }

  /** As sums of whole rows, then of whole pixels. */
  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Shape out = infer(List.of(x.spec())).get(0).shape();
    long rows = out.size(0) * out.size(1);
    long channels = out.size(3);
    Value blocks = ops.reshape(x, rows, factorHeight, x.shape().size(2) * channels);
    Value lines = ops.sum(blocks, false, 1);
    Value pixels = ops.reshape(lines, rows * out.size(2), factorWidth, channels);
    return List.of(ops.reshape(ops.sum(pixels, false, 1), out));
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new UpSample2D(factorHeight, factorWidth), back.upstream()));
  }
}
