package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code max(1 − target · prediction, 0)}, averaged, for targets −1 and 1 of the prediction's
 * shape. A target 0 counts as −1, so 0 and 1 will do as in Keras; other targets are refused. At the
 * margin itself the slope is the one below it, as in Keras.
 */
public record Hinge() implements Loss {

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
    return Samples.mean(ops, Signs.positivePart(ops, Signs.missing(ops, prediction, target)));
  }
}
