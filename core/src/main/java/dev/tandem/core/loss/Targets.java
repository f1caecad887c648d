package dev.tandem.core.loss;

import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Given targets against what a loss wants. */
final class Targets {

  private Targets() {}

  /** The target in the wanted shape, where no more than axes of size 1 behind the batch differ. */
  static INDArray reshape(INDArray target, TensorSpec wanted, TensorSpec prediction) {
    Shape given = Shape.of(target.shape());
    if (given.rank() > 0) {
      Shape concrete = wanted.shape().withBatch(given.size(0));
      if (given.equals(concrete)) {
        return target;
      }
      if (given.squeezed().equals(concrete.squeezed())) {
        return target.reshape('c', concrete.toArray());
      }
    }
    throw new IllegalArgumentException(
        "target is not "
            + wanted.shape()
            + ": "
            + given
            + " for the prediction "
            + prediction.shape());
  }
}
