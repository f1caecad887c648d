package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.loss.LossOps;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code −Σ t · log(p)} over the classes, the last axis, averaged over what lies between batch and
 * classes. Targets are probabilities of the prediction's shape (batch, …, classes), as one-hot
 * rows.
 *
 * @param logits whether predictions are logits x with p = softmax(x); else they are probabilities,
 *     divided by their sum and held between 1e-7 and 1 − 1e-7 as in Keras, with no gradient beyond
 * @param labelSmoothing s in [0, 1]: targets become (1 − s) · t + s / classes
 */
public record CategoricalCrossentropy(boolean logits, double labelSmoothing) implements Loss {

  /** Checks the smoothing. */
  public CategoricalCrossentropy {
    Probabilities.checkSmoothing(labelSmoothing);
  }

  /** The same for predictions that are logits: the exact way, which also never overflows. */
  public CategoricalCrossentropy fromLogits() {
    return new CategoricalCrossentropy(true, labelSmoothing);
  }

  /** The same with targets moved towards equal probabilities. */
  public CategoricalCrossentropy labelSmoothing(double smoothing) {
    return new CategoricalCrossentropy(logits, smoothing);
  }

  @Override
  public TensorSpec target(TensorSpec prediction) {
    Classes.require("categorical cross-entropy", prediction);
    return prediction;
  }

  @Override
  public INDArray accept(INDArray target, TensorSpec prediction) {
    try {
      return Loss.super.accept(target, prediction);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          e.getMessage() + "; for class numbers use sparseCategoricalCrossentropy", e);
    }
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
    long classes = prediction.shape().size(-1);
    Value smooth = Probabilities.smooth(ops, target, labelSmoothing, classes);
    return Samples.mean(
        ops,
        logits
            ? LossOps.softmaxCrossEntropy(ops, prediction, smooth)
            : ofProbabilities(ops, prediction, smooth));
  }

  private static Value ofProbabilities(Ops ops, Value prediction, Value target) {
    Value shares = Probabilities.shares(ops, prediction);
    Value logs = ops.log(Probabilities.clip(ops, shares));
    return ops.negate(ops.sum(ops.multiply(target, logs), false, -1));
  }
}
