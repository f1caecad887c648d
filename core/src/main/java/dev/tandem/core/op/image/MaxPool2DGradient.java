package dev.tandem.core.op.image;

import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.SimpleOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D.Pooling2DType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * From (image, gradient at the output of {@link MaxPool2D}) to the gradient at the image: each
 * window's gradient is added where its first largest element stands. Linear in the gradient, with
 * {@link MaxPool2DSelect} as its adjoint.
 */
public record MaxPool2DGradient(PoolWindow window) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    TensorSpec expected = inputs.get(0).withShape(window.output(inputs.get(0).shape()));
    if (!expected.equals(inputs.get(1))) {
      throw new IllegalArgumentException(
          "max_pool2d_gradient of " + inputs.get(1) + ", not " + expected);
    }
    return inputs.get(0);
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    Shape image = e.shape(0);
    if (Pooling.padsItself(window, image)) {
      Pooling2DConfig config = Pooling.config(window, Pooling2DType.MAX, false);
      return Pooling.gradient(e.sd(), e.in(0), e.in(1), config);
    }
    Pooling2DConfig config = Pooling.config(window.unpadded(), Pooling2DType.MAX, false);
    SDVariable padded = Pooling.gradient(e.sd(), MaxPool2D.padded(e, window), e.in(1), config);
    return Convolutions.crop(e.sd(), padded, window.geometry(), image);
  }

  @Override
  public List<@Nullable Value> vjp(VjpContext back) {
    return Arrays.asList(
        null, back.ops().one(new MaxPool2DSelect(window), back.input(0), back.upstream()));
  }
}
