package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.loss.LossOps;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code −t · log(p) − (1 − t) · log(1 − p)}, averaged, for targets t in [0, 1] of the prediction's
 * shape.
 *
 * @param logits whether predictions are logits x with p = sigmoid(x); else they are probabilities,
 *     held between 1e-7 and 1 − 1e-7 as in Keras, with no gradient beyond
 * @param labelSmoothing s in [0, 1]: targets become (1 − s) · t + s / 2
 */
public record BinaryCrossentropy(boolean logits, double labelSmoothing) implements Loss {

  /** Checks the smoothing. */
  public BinaryCrossentropy {
    Probabilities.checkSmoothing(labelSmoothing);
  }

  /** The same for predictions that are logits: the exact way, which also never overflows. */
  public BinaryCrossentropy fromLogits() {
    return new BinaryCrossentropy(true, labelSmoothing);
  }

  /** The same with targets moved towards 1/2. */
  public BinaryCrossentropy labelSmoothing(double smoothing) {
    return new BinaryCrossentropy(logits, smoothing);
  }

  @Override
  public Optional<Flaw> flaw(INDArray target, TensorSpec prediction) {
    return Domain.range(
        target,
        0,
        1,
        "targets are probabilities, [0, 1]; scale them, or take meanSquaredError for other"
            + " numbers");
  }

  @Override
  public SampleClasses classes(INDArray target, TensorSpec prediction) {
    return OneClass.ofAnswers(target, prediction);
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value smooth = Probabilities.smooth(ops, target, labelSmoothing, 2);
    return Samples.mean(ops, elements(ops, prediction, smooth));
  }

  /** The loss of each element under targets that are smooth already. */
  Value elements(Ops ops, Value prediction, Value smooth) {
    return logits
        ? LossOps.sigmoidCrossEntropy(ops, prediction, smooth)
        : ofProbabilities(ops, Probabilities.clip(ops, prediction), smooth);
  }

  private static Value ofProbabilities(Ops ops, Value probability, Value target) {
    Value yes = ops.multiply(target, ops.log(probability));
    Value no = ops.multiply(complement(ops, target), ops.log(complement(ops, probability)));
    return ops.negate(ops.add(yes, no));
  }

  private static Value complement(Ops ops, Value x) {
    return ops.shift(ops.negate(x), 1);
  }
}
