package dev.tandem.core.op.image;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.SimpleOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ops.impl.layers.convolution.DepthwiseConv2DBp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * From (kernel, gradient at the output of {@link DepthwiseConv2DOp}) to the gradient at its image.
 *
 * @param geometry of the convolution
 * @param image (batch, height, width, in)
 */
public record DepthwiseConv2DInputGradient(ConvGeometry geometry, Shape image) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    TensorSpec x = inputs.get(1).withShape(image);
    Convolutions.requireGradient(
        this, inputs.get(1), new DepthwiseConv2DOp(geometry).output(List.of(x, inputs.get(0))));
    return x;
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    Shape kernel = e.shape(0);
    boolean padsItself = Convolutions.padsItself(geometry, image, kernel);
    ConvGeometry used = padsItself ? geometry : geometry.unpadded();
    Shape whole = padsItself ? image : geometry.padded(image);
    SDVariable x = e.sd().constant(Nd4j.zeros(e.specs().get(1).dtype(), whole.toArray()));
    SDVariable gx =
        new DepthwiseConv2DBp(e.sd(), x, e.in(0), e.in(1), Convolutions.config(used, kernel))
            .outputVariables()[0];
    return padsItself ? gx : Convolutions.crop(e.sd(), gx, geometry, image);
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value kernel = back.input(0);
    Value u = back.upstream();
    return List.of(
        ops.one(new DepthwiseConv2DKernelGradient(geometry, kernel.shape()), u, back.input(1)),
        ops.one(new DepthwiseConv2DOp(geometry), u, kernel));
  }
}
