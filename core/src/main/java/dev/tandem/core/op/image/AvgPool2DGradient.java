package dev.tandem.core.op.image;

import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.SimpleOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D.Pooling2DType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * From the gradient at the output of {@link AvgPool2D} to that at its image: each window's gradient
 * spread evenly. Its adjoint.
 *
 * @param window the window
 * @param countPadding as in {@link AvgPool2D}
 * @param image (batch, height, width, channels)
 */
public record AvgPool2DGradient(PoolWindow window, boolean countPadding, Shape image)
    implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    if (!inputs.get(0).shape().equals(window.output(image))) {
      throw new IllegalArgumentException(
          "avg_pool2d_gradient of " + inputs.get(0) + ", not " + window.output(image));
    }
    return inputs.get(0).withShape(image);
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    DataType dtype = e.specs().get(0).dtype();
    boolean padsItself = Pooling.padsItself(window, image);
    Shape whole = padsItself ? image : window.geometry().padded(image);
    SDVariable x = e.sd().constant(Nd4j.zeros(dtype, whole.toArray()));
    if (padsItself) {
      Pooling2DConfig config = Pooling.config(window, Pooling2DType.AVG, countPadding);
      return Pooling.gradient(e.sd(), x, e.in(0), config);
    }
    SDVariable g =
        countPadding
            ? e.in(0)
            : e.in(0).mul(e.sd().constant(AvgPool2D.shares(window, image, dtype)));
    Pooling2DConfig config = Pooling.config(window.unpadded(), Pooling2DType.AVG, true);
    SDVariable padded = Pooling.gradient(e.sd(), x, g, config);
    return Convolutions.crop(e.sd(), padded, window.geometry(), image);
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new AvgPool2D(window, countPadding), back.upstream()));
  }
}
