package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code −alpha · Σ t · (1 − p)^gamma · log(p)} over the classes, the last axis, averaged over what
 * lies between batch and classes: {@link CategoricalCrossentropy} in which what is right already
 * counts less (Lin et al., ICCV 2017, arXiv:1708.02002), as in Keras. Targets are probabilities of
 * the prediction's shape (batch, …, classes), as one-hot rows.
 *
 * @param logits whether predictions are logits x with p = softmax(x); else they are probabilities,
 *     divided by their sum and held between 1e-7 and 1 − 1e-7, with no gradient beyond
 * @param labelSmoothing s in [0, 1]: targets become (1 − s) · t + s / classes
 * @param gamma at least 0; 2 unless set
 * @param alpha a factor above 0; 0.25 unless set. Weights of single classes are {@code
 *     Fit.classWeights}
 */
public record CategoricalFocalCrossentropy(
    boolean logits, double labelSmoothing, double gamma, double alpha) implements Loss {

  /** Checks the settings. */
  public CategoricalFocalCrossentropy {
    Probabilities.checkSmoothing(labelSmoothing);
    Check.notNegative("gamma", gamma);
    Check.aboveZero("alpha", alpha);
  }

  /** The same for predictions that are logits: the exact way, which also never overflows. */
  public CategoricalFocalCrossentropy fromLogits() {
    return new CategoricalFocalCrossentropy(true, labelSmoothing, gamma, alpha);
  }

  /** The same with targets moved towards equal probabilities. */
  public CategoricalFocalCrossentropy labelSmoothing(double smoothing) {
    return new CategoricalFocalCrossentropy(logits, smoothing, gamma, alpha);
  }

  /** The same with another exponent. */
  public CategoricalFocalCrossentropy gamma(double exponent) {
    return new CategoricalFocalCrossentropy(logits, labelSmoothing, exponent, alpha);
  }

  /** The same with another factor. */
  public CategoricalFocalCrossentropy alpha(double factor) {
    return new CategoricalFocalCrossentropy(logits, labelSmoothing, gamma, factor);
  }

  @Override
  public TensorSpec target(TensorSpec prediction) {
    Classes.require("categorical focal cross-entropy", prediction);
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
    long classes = prediction.shape().size(-1);
    Value smooth = Probabilities.smooth(ops, target, labelSmoothing, classes);
    Value p =
        logits
            ? ActivationOps.softmax(ops, prediction)
            : Probabilities.clip(ops, Probabilities.shares(ops, prediction));
    Value logs = logits ? ActivationOps.logSoftmax(ops, prediction) : ops.log(p);
    Value focus = Probabilities.focus(ops, ops.shift(ops.negate(p), 1), gamma);
    Value each = ops.multiply(ops.multiply(smooth, logs), focus);
    return Samples.mean(ops, ops.scale(ops.sum(each, false, -1), -alpha));
  }
}
