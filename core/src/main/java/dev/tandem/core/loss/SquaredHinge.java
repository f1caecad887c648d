package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The square of {@link Hinge}'s {@code max(1 − target · prediction, 0)}, averaged. */
public record SquaredHinge() implements Loss {

  @Override
  public Optional<Flaw> flaw(INDArray target, TensorSpec prediction) {
    return Signs.flaw(target);
  }

  @Override
  public SampleClasses classes(INDArray target, TensorSpec prediction) {
    return OneClass.ofSigns(target, prediction);
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    return Samples.mean(
        ops, ops.square(ActivationOps.relu(ops, Signs.missing(ops, prediction, target))));
  }
}
