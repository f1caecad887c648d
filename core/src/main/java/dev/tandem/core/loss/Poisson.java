package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code prediction − target · log(prediction + 1e-7)}, averaged: the negative log-likelihood of
 * counts under a predicted mean, without what depends on the counts alone. Predictions and targets
 * are at least 0.
 */
public record Poisson() implements Loss {

  @Override
  public Optional<Flaw> flaw(INDArray target, TensorSpec prediction) {
    return Domain.range(
        target,
        0,
        Double.POSITIVE_INFINITY,
        "targets are counts, at least 0; take meanSquaredError for other numbers");
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value logs = ops.log(ops.shift(prediction, Probabilities.NEAR));
    return Samples.mean(ops, ops.subtract(prediction, ops.multiply(target, logs)));
  }
}
