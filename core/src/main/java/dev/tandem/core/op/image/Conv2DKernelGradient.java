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
import org.nd4j.linalg.factory.Nd4j;

/**
 * From (image, gradient at the output of {@link Conv2DOp}) to the gradient at its kernel.
 *
 * @param geometry of the convolution
 * @param kernel (kernel height, kernel width, in, out)
 */
public record Conv2DKernelGradient(ConvGeometry geometry, Shape kernel) implements SimpleOp {

  @Override
  public TensorSpec output(List<TensorSpec> inputs) {
    TensorSpec weights = inputs.get(1).withShape(kernel);
    Convolutions.requireGradient(
        this, inputs.get(1), new Conv2DOp(geometry).output(List.of(inputs.get(0), weights)));
    return Precision.sums(weights);
  }

  @Override
  public SDVariable define(SameDiffContext e) {
    Shape dilated = geometry.dilated(kernel);
    ConvGeometry walk = geometry.undilated();
    boolean padsItself = Convolutions.padsItself(walk, e.shape(0), dilated);
    ConvGeometry used = padsItself ? walk : walk.unpadded();
    SDVariable x = padsItself ? e.operand(0) : Convolutions.pad(e.sd(), e.operand(0), walk, 0);
    SDVariable w =
        e.sd().constant(Nd4j.zeros(Precision.sums(e.specs().get(0)).dtype(), dilated.toArray()));
    SDVariable gradient =
        new Conv2DDerivative(
                e.sd(), new SDVariable[] {x, w, e.operand(1)}, Convolutions.config(used, dilated))
            .outputVariables()[1];
    return Convolutions.contract(e.sd(), gradient, geometry, kernel);
  }

  @Override
  public List<Value> vjp(VjpContext back) {
    Ops ops = back.ops();
    Value x = back.input(0);
    return List.of(
        ops.one(new Conv2DInputGradient(geometry, x.shape()), back.upstream(), back.input(1)),
        ops.one(new Conv2DOp(geometry), x, back.upstream()));
  }
}
