package dev.tandem.core.op.image;

import dev.tandem.core.op.NanMark;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.SimpleOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D.Pooling2DType;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Pooling2DConfig;

/**
 * The largest of each window of (batch, height, width, channels), channel by channel, NaN where a
 * window holds one. Padding is never the largest. Where several are, the first (row by row) gets
 * the gradient.
 */
public record MaxPool2D(PoolWindow window) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    return inputs.get(0).withShape(window.output(inputs.get(0).shape()));
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    Shape image = e.shape(0);
    boolean padsItself = Pooling.padsItself(window, image);
    PoolWindow used = padsItself ? window : window.unpadded();
    Pooling2DConfig config = Pooling.config(used, Pooling2DType.MAX, false);
    SDVariable largest =
        e.sd().cnn().maxPooling2d(padsItself ? e.in(0) : padded(e, window), config);
    SDVariable marks = NanMark.of(e.in(0));
    Pooling2DConfig mean = Pooling.config(used, Pooling2DType.AVG, true);
    return largest.add(
        e.sd()
            .cnn()
            .avgPooling2d(
                padsItself ? marks : Convolutions.pad(e.sd(), marks, window.geometry(), 0), mean));
  }

  /** The image with padding that is never the largest. */
  static SDVariable padded(SameDiffContext e, PoolWindow window) {
    return Convolutions.pad(e.sd(), e.in(0), window.geometry(), Double.NEGATIVE_INFINITY);
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    return List.of(back.ops().one(new MaxPool2DGradient(window), back.input(0), back.upstream()));
  }
}
