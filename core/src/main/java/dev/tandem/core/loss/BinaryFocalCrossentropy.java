package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link BinaryCrossentropy} times {@code (1 − q)^gamma} with the probability of what is right,
 * {@code q = t · p + (1 − t) · (1 − p)}, averaged: what is right already counts less (Lin et al.,
 * Focal Loss for Dense Object Detection, ICCV 2017, arXiv:1708.02002). Balanced, it is also
 * multiplied by {@code t · alpha + (1 − t) · (1 − alpha)}. Targets t are in [0, 1] and of the
 * prediction's shape.
 *
 * @param logits whether predictions are logits x with p = sigmoid(x); else they are probabilities,
 *     held between 1e-7 and 1 − 1e-7, with no gradient beyond
 * @param labelSmoothing s in [0, 1]: targets become (1 − s) · t + s / 2
 * @param gamma at least 0; 2 unless set, and 0 is the cross-entropy
 * @param balanced whether alpha counts; false unless it is set
 * @param alpha the weight of the targets of yes, in [0, 1]
 */
public record BinaryFocalCrossentropy(
    boolean logits, double labelSmoothing, double gamma, boolean balanced, double alpha)
    implements Loss {

  /** Checks the settings. */
  public BinaryFocalCrossentropy {
    Probabilities.checkSmoothing(labelSmoothing);
    Check.notNegative("gamma", gamma);
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("alpha is not in [0, 1]: " + alpha);
    }
  }

  /** The same for predictions that are logits: the exact way, which also never overflows. */
  public BinaryFocalCrossentropy fromLogits() {
    return new BinaryFocalCrossentropy(true, labelSmoothing, gamma, balanced, alpha);
  }

  /** The same with targets moved towards 1/2. */
  public BinaryFocalCrossentropy labelSmoothing(double smoothing) {
    return new BinaryFocalCrossentropy(logits, smoothing, gamma, balanced, alpha);
  }

  /** The same with another exponent. */
  public BinaryFocalCrossentropy gamma(double exponent) {
    return new BinaryFocalCrossentropy(logits, labelSmoothing, exponent, balanced, alpha);
  }

  /** The same with a weight of the targets of yes, and the rest of 1 for no; 0.25 in the paper. */
  public BinaryFocalCrossentropy alpha(double ofYes) {
    return new BinaryFocalCrossentropy(logits, labelSmoothing, gamma, true, ofYes);
  }

  private BinaryCrossentropy plain() {
    return new BinaryCrossentropy(logits, labelSmoothing);
  }

  @Override
  public Optional<Flaw> flaw(INDArray target, TensorSpec prediction) {
    return plain().flaw(target, prediction);
  }

  @Override
  public SampleClasses classes(INDArray target, TensorSpec prediction) {
    return OneClass.ofAnswers(target, prediction);
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value smooth = Probabilities.smooth(ops, target, labelSmoothing, 2);
    Value p = logits ? ActivationOps.sigmoid(ops, prediction) : Probabilities.clip(ops, prediction);
    Value wrong = ops.add(smooth, ops.subtract(p, ops.scale(ops.multiply(smooth, p), 2)));
    Value loss =
        ops.multiply(
            Probabilities.focus(ops, wrong, gamma), plain().elements(ops, prediction, smooth));
    if (balanced) {
      loss = ops.multiply(loss, ops.shift(ops.scale(smooth, 2 * alpha - 1), 1 - alpha));
    }
    return Samples.mean(ops, loss);
  }
}
