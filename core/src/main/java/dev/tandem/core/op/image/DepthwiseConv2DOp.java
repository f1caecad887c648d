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

/**
 * The convolution of each channel of (batch, height, width, in) by itself with a kernel (kernel
 * height, kernel width, in, multiplier), to in · multiplier channels: output channel {@code i ·
 * multiplier + m} comes from input channel {@code i}, as in Keras. With {@link
 * DepthwiseConv2DInputGradient} and {@link DepthwiseConv2DKernelGradient} a trio like {@link
 * Conv2DOp}'s.
 */
public record DepthwiseConv2DOp(ConvGeometry geometry) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Shape x = inputs.get(0).shape();
    Shape kernel = inputs.get(1).shape();
    Shape out = Convolutions.output(this, geometry, inputs);
    return inputs.get(0).withShape(out.with(3, x.size(3) * kernel.size(3)));
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    boolean padsItself = Convolutions.padsItself(geometry, e.shape(0), e.shape(1));
    ConvGeometry used = padsItself ? geometry : geometry.unpadded();
    SDVariable x = padsItself ? e.in(0) : Convolutions.pad(e.sd(), e.in(0), geometry, 0);
    return e.sd().cnn().depthWiseConv2d(x, e.in(1), Convolutions.config(used, e.shape(1)));
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value x = back.input(0);
    Value kernel = back.input(1);
    Value g = back.upstream();
    return List.of(
        ops.one(new DepthwiseConv2DInputGradient(geometry, x.shape()), kernel, g),
        ops.one(new DepthwiseConv2DKernelGradient(geometry, kernel.shape()), x, g));
  }
}
