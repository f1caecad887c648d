package dev.tandem.core.op.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** Cross entropies under logits. */
public final class LossOps {

  private LossOps() {}

  /** The binary cross entropy of targets in [0, 1] under sigmoid(logits), elementwise. */
  public static Value sigmoidCrossEntropy(Ops ops, Value logits, Value targets) {
    return ops.one(new SigmoidCrossEntropy(), logits, targets);
  }

  /** The cross entropy of target probabilities (…, classes) under softmax(logits): (…). */
  public static Value softmaxCrossEntropy(Ops ops, Value logits, Value targets) {
    return ops.one(new SoftmaxCrossEntropy(), logits, targets);
  }
}
