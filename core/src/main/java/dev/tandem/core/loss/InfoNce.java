package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.loss.LossOps;
import dev.tandem.core.tensor.Check;
import java.util.List;

/**
 * {@code −log(exp(sᵢᵢ / temperature) / Σⱼ exp(sᵢⱼ / temperature))} with the cosine sᵢⱼ of the angle
 * between query i and key j of the batch: each query has to find its own key among those of all
 * samples (van den Oord, Li, Vinyals, 2018, arXiv:1807.03748). The prediction is query and key
 * along the last axis, (batch, 2 · size), as {@code Concatenate} gives them; there is no target.
 *
 * <p>Others of the same batch are what a sample is held against, so larger batches are harder, a
 * batch of one gives 0, and samples of weight 0 are held against too. Batches that are accumulated
 * to one step, or lie with several workers, do not see each other.
 *
 * @param temperature above 0; 0.1 unless set
 * @param symmetric whether keys have to find their queries too, and the mean of both counts, as in
 *     CLIP (Radford et al., 2021, arXiv:2103.00020)
 */
public record InfoNce(double temperature, boolean symmetric) implements Loss {

  /** Checks the temperature. */
  public InfoNce {
    Check.aboveZero("temperature", temperature);
  }

  /** The same in both directions. */
  public InfoNce bothWays() {
    return new InfoNce(temperature, true);
  }

  @Override
  public boolean needsTarget() {
    return false;
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    List<Value> parts = Embeddings.split(ops, "InfoNCE", prediction, 2);
    Embeddings.requireRows("InfoNCE", prediction);
    Value queries = Embeddings.directions(ops, parts.get(0));
    Value keys = Embeddings.directions(ops, parts.get(1));
    Value there = direction(ops, queries, keys);
    return symmetric ? ops.scale(ops.add(there, direction(ops, keys, queries)), 0.5) : there;
  }

  private Value direction(Ops ops, Value from, Value to) {
    Value logits = ops.scale(ops.matmul(from, to, false, true), 1 / temperature);
    int samples = Math.toIntExact(from.shape().size(0));
    Value own = Embeddings.marks(ops, samples, i -> i, 1, from.dtype());
    return LossOps.softmaxCrossEntropy(ops, logits, own);
  }
}
