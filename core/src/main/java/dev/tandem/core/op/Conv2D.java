package dev.tandem.core.op;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The convolution of (batch, height, width, in) with a kernel (kernel height, kernel width, in,
 * out). It, {@link Conv2DInputGradient} and {@link Conv2DKernelGradient} are each linear in two of
 * (image, kernel, output), so their gradients are among the three.
 */
public record Conv2D(ConvGeometry geometry) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Shape out = Convolutions.output(this, geometry, inputs);
    return inputs.get(0).withShape(out.with(3, inputs.get(1).shape().size(3)));
  }

  @Override
  public SDVariable define(Expression e) {
    Shape image = e.shape(0);
    Shape kernel = e.shape(1);
    if (Convolutions.padsItself(geometry, image, kernel)) {
      return e.sd().cnn().conv2d(e.in(0), e.in(1), Convolutions.config(geometry, kernel));
    }
    SDVariable padded = Convolutions.pad(e.sd(), e.in(0), geometry, 0);
    return e.sd().cnn().conv2d(padded, e.in(1), Convolutions.config(geometry.unpadded(), kernel));
  }

  @Override
  public List<Value> vjp(Backward back) {
    List<Value> inputs = List.of(back.input(0), back.input(1), back.upstream());
    return back.ops().apply(new Conv2DGradients(geometry), inputs);
  }
}
