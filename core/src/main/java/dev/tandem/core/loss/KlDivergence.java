package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code Σ t · log(t / p)} along the last axis, averaged over what lies between it and the batch
 * (Kullback, Leibler, Annals of Mathematical Statistics 22, 1951). Targets and predictions are
 * probabilities (batch, …, outcomes), held between 1e-7 and 1 as in Keras.
 */
public record KlDivergence() implements Loss {

  @Override
  public Optional<Flaw> flaw(INDArray target, TensorSpec prediction) {
    return Domain.rows(
        target, "targets are rows of probabilities that sum to 1; divide each row by its sum");
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value t = ops.clip(target, Probabilities.NEAR, 1);
    Value p = ops.clip(prediction, Probabilities.NEAR, 1);
    Value terms = ops.multiply(t, ops.log(ops.divide(t, p)));
    return Samples.mean(ops, ops.sum(terms, false, -1));
  }
}
