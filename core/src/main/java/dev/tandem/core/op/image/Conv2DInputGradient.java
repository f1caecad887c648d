package dev.tandem.core.op.image;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.SimpleOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.Conv2DDerivative;
import org.nd4j.linalg.api.ops.impl.layers.convolution.config.DeConv2DConfig;
import org.nd4j.linalg.factory.Nd4j;

/**
 * From (kernel, gradient at the output of {@link Conv2DOp}) to the gradient at its image: the
 * transposed convolution.
 *
 * @param geometry of the convolution
 * @param image (batch, height, width, in)
 */
public record Conv2DInputGradient(ConvGeometry geometry, Shape image) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(1).withShape(image);
    Convolutions.requireGradient(
        this, inputs.get(1), new Conv2DOp(geometry).output(List.of(x, inputs.get(0))));
    return Precision.sums(x);
  }

  /** Whether the transposed convolution of SameDiff reaches every pixel of the image. */
  public boolean isDeconvolution(Shape kernel, Shape gradient) {
    return geometry.isSymmetric()
        && fits(
            image.size(1),
            gradient.size(1),
            geometry.strideHeight(),
            kernel.size(0),
            geometry.dilationHeight(),
            geometry.top())
        && fits(
            image.size(2),
            gradient.size(2),
            geometry.strideWidth(),
            kernel.size(1),
            geometry.dilationWidth(),
            geometry.left());
  }

  private static boolean fits(
      long image, long gradient, int stride, long kernel, int dilation, int padding) {
    return (gradient - 1) * stride + (kernel - 1) * dilation + 1 - 2L * padding == image;
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    SDVariable w = Convolutions.dilate(e.sd(), e.operand(0), geometry, e.shape(0));
    SDVariable g = e.operand(1);
    Shape kernel = geometry.dilated(e.shape(0));
    ConvGeometry walk = geometry.undilated();
    if (isDeconvolution(e.shape(0), e.shape(1))) {
      return e.sd().cnn().deconv2d(g, w, deconvolution(kernel));
    }
    boolean padsItself = Convolutions.padsItself(walk, image, kernel);
    ConvGeometry used = padsItself ? walk : walk.unpadded();
    Shape shape = padsItself ? image : walk.padded(image);
    SDVariable x =
        e.sd().constant(Nd4j.zeros(Precision.sums(e.specs().get(1)).dtype(), shape.toArray()));
    SDVariable gx =
        new Conv2DDerivative(e.sd(), new SDVariable[] {x, w, g}, Convolutions.config(used, kernel))
            .outputVariables()[0];
    return padsItself ? gx : Convolutions.crop(e.sd(), gx, walk, image);
  }

  private DeConv2DConfig deconvolution(Shape kernel) {
    return DeConv2DConfig.builder()
        .kH(kernel.size(0))
        .kW(kernel.size(1))
        .sH(geometry.strideHeight())
        .sW(geometry.strideWidth())
        .pH(geometry.top())
        .pW(geometry.left())
        .dH(1)
        .dW(1)
        .isSameMode(false)
        .dataFormat("NHWC")
        .build();
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value kernel = back.input(0);
    return List.of(
        ops.one(new Conv2DKernelGradient(geometry, kernel.shape()), back.upstream(), back.input(1)),
        ops.one(new Conv2DOp(geometry), back.upstream(), kernel));
  }
}
