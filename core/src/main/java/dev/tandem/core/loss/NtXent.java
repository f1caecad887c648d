package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.loss.LossOps;
import dev.tandem.core.tensor.Check;

/**
 * The normalized, temperature-scaled cross-entropy of SimCLR (Chen et al., ICML 2020,
 * arXiv:2002.05709): of the 2n views of a batch, each has to find the other view of its sample
 * among all views but itself, {@code −log(exp(s / temperature) / Σ exp(sₖ / temperature))} with the
 * cosines s of the angles between them; the loss of a sample is the mean of its two views. The
 * prediction is both views along the last axis, (batch, 2 · size), as {@code Concatenate} gives
 * them; there is no target.
 *
 * <p>As in {@link InfoNce}, a sample is held against the others of its batch, and a batch of one
 * gives 0.
 *
 * @param temperature above 0; 0.5 unless set
 */
public record NtXent(double temperature) implements Loss {

  /** Added to the logit of a view with itself: it weighs nothing then. */
  private static final double NEVER = -1e9;

  /** Checks the temperature. */
  public NtXent {
    Check.aboveZero("temperature", temperature);
  }

  @Override
  public boolean needsTarget() {
    return false;
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Embeddings.requireRows("NT-Xent", prediction);
    Value views = ops.concat(0, Embeddings.split(ops, "NT-Xent", prediction, 2));
    Value directions = Embeddings.directions(ops, views);
    int all = Math.toIntExact(views.shape().size(0));
    int samples = all / 2;
    Value logits = ops.scale(ops.matmul(directions, directions, false, true), 1 / temperature);
    Value others = ops.add(logits, Embeddings.marks(ops, all, i -> i, NEVER, directions.dtype()));
    Value twins = Embeddings.marks(ops, all, i -> (i + samples) % all, 1, directions.dtype());
    Value losses = LossOps.softmaxCrossEntropy(ops, others, twins);
    return ops.mean(ops.reshape(losses, 2, samples), false, 0);
  }
}
