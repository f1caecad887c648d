package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * {@code −Σ t · p / (‖t‖ · ‖p‖)} along the last axis, averaged over what lies between it and the
 * batch: −1 for the same direction, 1 for the opposite one, as in Keras. Norms are at least 1e-7,
 * so a zero vector gives 0.
 */
public record CosineSimilarity() implements Loss {

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value p = Embeddings.directions(ops, prediction);
    Value t = Embeddings.directions(ops, target);
    return Samples.mean(ops, ops.negate(ops.sum(ops.multiply(t, p), false, -1)));
  }
}
