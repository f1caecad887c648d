package dev.tandem.core.op.image;

import dev.tandem.core.op.Op;
import dev.tandem.core.op.Precision;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.enums.PadMode;
import org.nd4j.enums.WeightsFormat;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.Conv2DConfig;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.PaddingMode;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The convolution trios in SameDiff's words. SameDiff pads by one number a side or by the rule of
 * SAME; other zeros are laid around the image first.
 */
final class Convolutions {

  private Convolutions() {}

  /**
   * The output of a convolution, with the input's channels.
   *
   * @param inputs image (batch, height, width, in) and kernel (height, width, in, ...)
   */
  static Shape output(Op op, ConvGeometry geometry, List<TensorSpec> inputs) {
    Shape x = inputs.get(0).shape();
    Shape kernel = inputs.get(1).shape();
    if (x.rank() != 4
        || kernel.rank() != 4
        || x.size(3) != kernel.size(2)
        || inputs.get(0).dtype() != inputs.get(1).dtype()) {
      throw new IllegalArgumentException(
          op.opName() + " of " + inputs.get(0) + " with kernel " + inputs.get(1));
    }
    long rows = geometry.outputHeight(x.size(1), kernel.size(0));
    long columns = geometry.outputWidth(x.size(2), kernel.size(1));
    if (rows < 1 || columns < 1) {
      throw new IllegalArgumentException(
          "kernel " + kernel + " does not fit into " + x + " with " + geometry);
    }
    return x.with(1, rows).with(2, columns);
  }

  static void requireGradient(Op op, TensorSpec gradient, TensorSpec expected) {
    if (!expected.equals(Precision.sums(gradient))) {
      throw new IllegalArgumentException(op.opName() + " of " + gradient + ", not " + expected);
    }
  }

  /** Whether SameDiff can lay the zeros itself. */
  static boolean padsItself(ConvGeometry geometry, Shape image, Shape kernel) {
    return geometry.isSymmetric()
        || geometry.isSame(image.size(1), image.size(2), kernel.size(0), kernel.size(1));
  }

  static Conv2DConfig config(ConvGeometry geometry, Shape kernel) {
    boolean symmetric = geometry.isSymmetric();
    return Conv2DConfig.builder()
        .kH(kernel.size(0))
        .kW(kernel.size(1))
        .sH(geometry.strideHeight())
        .sW(geometry.strideWidth())
        .pH(symmetric ? geometry.top() : 0)
        .pW(symmetric ? geometry.left() : 0)
        .dH(geometry.dilationHeight())
        .dW(geometry.dilationWidth())
        .paddingMode(symmetric ? PaddingMode.VALID : PaddingMode.SAME)
        .dataFormat("NHWC")
        .weightsFormat(WeightsFormat.YXIO)
        .build();
  }

  /**
   * The kernel with the zeros of its dilation between its rows and columns: with oneDNN the natives
   * refuse dilated convolutions of float32.
   */
  static SDVariable dilate(SameDiff sd, SDVariable kernel, ConvGeometry geometry, Shape shape) {
    if (!geometry.isDilated()) {
      return kernel;
    }
    long rows = shape.size(0) * geometry.dilationHeight();
    long columns = shape.size(1) * geometry.dilationWidth();
    int[][] gaps = {
      {0, 0}, {0, geometry.dilationHeight() - 1}, {0, 0}, {0, geometry.dilationWidth() - 1}, {0, 0}
    };
    long weights = shape.size(2) * shape.size(3);
    SDVariable apart = sd.reshape(kernel, shape.size(0), 1, shape.size(1), 1, weights);
    SDVariable padded = pad(sd, apart, gaps, 0);
    SDVariable whole = sd.reshape(padded, rows, columns, shape.size(2), shape.size(3));
    return slice(sd, whole, new int[4], geometry.dilated(shape));
  }

  /**
   * The rows and columns of a dilated kernel's gradient that are the kernel's: dilate's adjoint.
   */
  static SDVariable contract(SameDiff sd, SDVariable dilated, ConvGeometry geometry, Shape shape) {
    if (!geometry.isDilated()) {
      return dilated;
    }
    int[][] rest = {
      {0, geometry.dilationHeight() - 1}, {0, geometry.dilationWidth() - 1}, {0, 0}, {0, 0}
    };
    long weights = shape.size(2) * shape.size(3);
    SDVariable apart =
        sd.reshape(
            pad(sd, dilated, rest, 0),
            shape.size(0),
            geometry.dilationHeight(),
            shape.size(1),
            geometry.dilationWidth(),
            weights);
    Shape first = Shape.of(shape.size(0), 1, shape.size(1), 1, weights);
    return sd.reshape(slice(sd, apart, new int[5], first), shape.toArray());
  }

  private static SDVariable pad(SameDiff sd, SDVariable x, int[][] amounts, double number) {
    return sd.nn().pad(x, sd.constant(Nd4j.createFromArray(amounts)), PadMode.CONSTANT, number);
  }

  private static SDVariable slice(SameDiff sd, SDVariable x, int[] begin, Shape size) {
    return sd.slice(x, begin, LongStream.of(size.toArray()).mapToInt(Math::toIntExact).toArray());
  }

  static SDVariable pad(SameDiff sd, SDVariable image, ConvGeometry geometry, double number) {
    int[][] amounts = {
      {0, 0}, {geometry.top(), geometry.bottom()}, {geometry.left(), geometry.right()}, {0, 0}
    };
    return pad(sd, image, amounts, number);
  }

  static SDVariable crop(SameDiff sd, SDVariable padded, ConvGeometry geometry, Shape image) {
    return slice(sd, padded, new int[] {0, geometry.top(), geometry.left(), 0}, image);
  }
}
