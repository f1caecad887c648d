package dev.tandem.core.op.image;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Pad;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * From (image, values of the image's shape) to the value that stands where each window of the image
 * has its first largest element: the adjoint of {@link MaxPool2DGradient}, in the shape of the
 * output of {@link MaxPool2D}.
 */
public record MaxPool2DSelect(PoolWindow window) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    if (!inputs.get(0).equals(inputs.get(1))) {
      throw new IllegalArgumentException(
          "max_pool2d_select of " + inputs.get(1) + ", not " + inputs.get(0));
    }
    return List.of(inputs.get(0).withShape(window.output(inputs.get(0).shape())));
  }

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value largest = ImageOps.maxPool2d(ops, x, window);
    Value inside = ops.fill(1, x.spec());
    Value free = ops.fill(1, largest.spec());
    Value selected = ops.fill(0, largest.spec());
    for (int row = 0; row < window.height(); row++) {
      for (int column = 0; column < window.width(); column++) {
        Value here = ops.equal(step(ops, x, row, column), largest);
        Value taken = ops.multiply(here, ops.multiply(free, step(ops, inside, row, column)));
        selected = ops.add(selected, ops.multiply(taken, step(ops, inputs.get(1), row, column)));
        free = ops.subtract(free, taken);
      }
    }
    return List.of(selected);
  }

  /** What stands at one place of every window; zeros where that is padding. */
  private Value step(Ops ops, Value image, int row, int column) {
    ConvGeometry geometry = window.geometry();
    Shape out = window.output(image.shape());
    long rows = out.size(1) * geometry.strideHeight();
    long columns = out.size(2) * geometry.strideWidth();
    // large enough to cut whole strides from any place
    Shape padded =
        image
            .shape()
            .with(1, Math.max(image.shape().size(1) + geometry.top(), rows + row))
            .with(2, Math.max(image.shape().size(2) + geometry.left(), columns + column));
    Value whole = ops.one(new Pad(geometry.origin(), padded), image);
    Value cut = ops.slice(ops.slice(whole, 1, row, rows), 2, column, columns);
    long channels = out.size(3);
    Value strides =
        ops.reshape(
            cut,
            out.size(0) * out.size(1),
            geometry.strideHeight(),
            out.size(2),
            geometry.strideWidth() * channels);
    return ops.reshape(ops.slice(ops.slice(strides, 1, 0, 1), 3, 0, channels), out);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList(
        null, back.ops().one(new MaxPool2DGradient(window), back.input(0), back.upstream()));
  }
}
