package dev.tandem.core.op.image;

import dev.tandem.core.op.Precision;
import dev.tandem.core.op.SameDiffContext;
import dev.tandem.core.op.SimpleOp;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.VjpContext;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The convolution of (batch, height, width, in) with a kernel (kernel height, kernel width, in,
 * out). It, {@link Conv2DInputGradient} and {@link Conv2DKernelGradient} are each linear in two of
 * (image, kernel, output), so their gradients are among the three. What they make of bfloat16 is
 * float32.
 */
public record Conv2DOp(ConvGeometry geometry) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    Shape out = Convolutions.output(this, geometry, inputs);
    return Precision.sums(inputs.get(0)).withShape(out.with(3, inputs.get(1).shape().size(3)));
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    SDVariable w = Convolutions.dilate(e.sd(), e.operand(1), geometry, e.shape(1));
    Shape kernel = geometry.dilated(e.shape(1));
    ConvGeometry walk = geometry.undilated();
    if (Convolutions.padsItself(walk, e.shape(0), kernel)) {
      return e.sd().cnn().conv2d(e.operand(0), w, Convolutions.config(walk, kernel));
    }
    SDVariable padded = Convolutions.pad(e.sd(), e.operand(0), walk, 0);
    return e.sd().cnn().conv2d(padded, w, Convolutions.config(walk.unpadded(), kernel));
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    List<Value> inputs = List.of(back.input(0), back.input(1), back.upstream());
    return back.ops().apply(new Conv2DGradients(geometry), inputs);
  }
}
