package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code max(wrong − right + 1, 0)} with the score of the right class, {@code Σ t · p}, and the
 * largest wrong one, {@code max((1 − t) · p)}, over the classes, the last axis; averaged over what
 * lies between batch and classes. Targets are one-hot rows of the prediction's shape. As in Keras,
 * the largest wrong score is never below the 0 that stands at the right class, and the slope at the
 * margin itself is the one below it.
 */
public record CategoricalHinge() implements Loss {

  @Override
  public TensorSpec target(TensorSpec prediction) {
    Classes.require("categorical hinge", prediction);
    return prediction;
  }

  @Override
  public Optional<Flaw> flaw(INDArray target, TensorSpec prediction) {
    return Domain.rows(target, Classes.ROWS);
  }

  @Override
  public SampleClasses classes(INDArray target, TensorSpec prediction) {
    return OneClass.ofRows(target, prediction);
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value right = ops.sum(ops.multiply(target, prediction), false, -1);
    Value others = ops.shift(ops.negate(target), 1);
    Value wrong = ops.max(ops.multiply(others, prediction), false, -1);
    return Samples.mean(ops, Signs.positivePart(ops, ops.shift(ops.subtract(wrong, right), 1)));
  }
}
