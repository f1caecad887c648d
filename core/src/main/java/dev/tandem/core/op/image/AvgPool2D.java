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
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Pooling2D.Pooling2DType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The mean of each window of (batch, height, width, channels), channel by channel.
 *
 * @param window the window
 * @param countPadding whether padding counts as zeros; if not, as in Keras, a window's sum is
 *     divided by the number of its pixels inside the image
 */
public record AvgPool2D(PoolWindow window, boolean countPadding) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    return inputs.get(0).withShape(window.output(inputs.get(0).shape()));
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    Shape image = e.shape(0);
    if (Pooling.padsItself(window, image)) {
      return e.sd()
          .cnn()
          .avgPooling2d(e.in(0), Pooling.config(window, Pooling2DType.AVG, countPadding));
    }
    SDVariable padded = Convolutions.pad(e.sd(), e.in(0), window.geometry(), 0);
    SDVariable mean =
        e.sd()
            .cnn()
            .avgPooling2d(padded, Pooling.config(window.unpadded(), Pooling2DType.AVG, true));
    return countPadding
        ? mean
        : mean.mul(e.sd().constant(shares(window, image, e.specs().get(0).dtype())));
  }

  /** The pixels of a window by those of them inside the image: (1, rows, columns, 1). */
  static INDArray shares(PoolWindow window, Shape image, DataType dtype) {
    Shape out = window.output(image);
    ConvGeometry geometry = window.geometry();
    INDArray shares = Nd4j.create(DataType.DOUBLE, 1, out.size(1), out.size(2), 1);
    for (long row = 0; row < out.size(1); row++) {
      long rows =
          inside(row * geometry.strideHeight() - geometry.top(), window.height(), image.size(1));
      for (long column = 0; column < out.size(2); column++) {
        long columns =
            inside(
                column * geometry.strideWidth() - geometry.left(), window.width(), image.size(2));
        double share = (double) window.height() * window.width() / (rows * columns);
        shares.putScalar(new long[] {0, row, column, 0}, share);
      }
    }
    return shares.castTo(dtype);
  }

  private static long inside(long begin, long size, long image) {
    return Math.min(begin + size, image) - Math.max(begin, 0);
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Shape image = back.input(0).shape();
    return List.of(
        back.ops().one(new AvgPool2DGradient(window, countPadding, image), back.upstream()));
  }
}
