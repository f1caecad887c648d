package dev.tandem.core.op.image;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Precision;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;

/**
 * From (image, kernel, gradient at the output of {@link Conv2DOp}) to (gradient at the image,
 * gradient at the kernel). Where both are wanted, some kernels compute them together.
 *
 * @param geometry of the convolution
 */
public record Conv2DGradients(ConvGeometry geometry) implements Composite {

  @Override
  public List<TensorSpec> infer(List<TensorSpec> inputs) {
    Convolutions.requireGradient(
        this, inputs.get(2), new Conv2DOp(geometry).output(inputs.subList(0, 2)));
    return List.of(Precision.sums(inputs.get(0)), Precision.sums(inputs.get(1)));
  }

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    Value kernel = inputs.get(1);
    Value g = inputs.get(2);
    return List.of(
        ops.one(new Conv2DInputGradient(geometry, x.shape()), kernel, g),
        ops.one(new Conv2DKernelGradient(geometry, kernel.shape()), x, g));
  }
}
