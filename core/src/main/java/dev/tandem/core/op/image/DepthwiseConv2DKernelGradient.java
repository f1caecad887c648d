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
 * From (image, gradient at the output of {@link DepthwiseConv2DOp}) to the gradient at its kernel.
 *
 * @param geometry of the convolution
 * @param kernel (kernel height, kernel width, in, multiplier)
 */
public record DepthwiseConv2DKernelGradient(ConvGeometry geometry, Shape kernel)
    implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    TensorSpec weights = inputs.get(1).withShape(kernel);
    Convolutions.requireGradient(
        this,
        inputs.get(1),
        new DepthwiseConv2DOp(geometry).output(List.of(inputs.get(0), weights)));
    return weights;
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    boolean padsItself = Convolutions.padsItself(geometry, e.shape(0), kernel);
    ConvGeometry used = padsItself ? geometry : geometry.unpadded();
    SDVariable x = padsItself ? e.in(0) : Convolutions.pad(e.sd(), e.in(0), geometry, 0);
    SDVariable w = e.sd().constant(Nd4j.zeros(e.specs().get(0).dtype(), kernel.toArray()));
    return new DepthwiseConv2DBp(e.sd(), x, w, e.in(1), Convolutions.config(used, kernel))
        .outputVariables()[1];
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value x = back.input(0);
    Value u = back.upstream();
    return List.of(
        ops.one(new DepthwiseConv2DInputGradient(geometry, x.shape()), u, back.input(1)),
        ops.one(new DepthwiseConv2DOp(geometry), x, u));
  }
}
