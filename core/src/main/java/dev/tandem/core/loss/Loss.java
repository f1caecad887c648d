package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A scalar that a step makes small. Standard ones are in {@link Losses}; only those can be written
 * to files.
 */
@FunctionalInterface
public interface Loss {

  /**
   * The loss of each sample.
   *
   * @param prediction (batch, …)
   * @param target of the shape and type of {@link #target}; the prediction where {@link
   *     #needsTarget} is false
   * @return (batch): the mean over all other axes; a scalar where the prediction is one
   */
  Value perSample(Ops ops, Value prediction, Value target);

  /** Whether the prediction is compared with anything. */
  default boolean needsTarget() {
    return true;
  }

  /**
   * The shape and type of a target for a prediction like this; its own shape and type unless
   * overridden.
   */
  default TensorSpec target(TensorSpec prediction) {
    return prediction;
  }

  /**
   * A target as {@link #perSample} wants it: with axes of size 1 added or dropped, so (batch) will
   * do for (batch, 1). Its type is left alone.
   *
   * @param target (batch, …)
   * @param prediction whose batch may be unknown
   * @throws IllegalArgumentException if the shape is another one
   */
  default INDArray accept(INDArray target, TensorSpec prediction) {
    return Targets.reshape(target, target(prediction), prediction);
  }

  /**
   * What is wrong with the numbers of a target, such as a class that there is not; nothing is
   * unless overridden. NaN and infinities are found elsewhere.
   *
   * @param target of the shape that {@link #accept} gives
   */
  default Optional<Flaw> flaw(INDArray target, TensorSpec prediction) {
    return Optional.empty();
  }

  /**
   * The class of each sample, as class weights ask for it. A loss that compares numbers, or several
   * answers of one sample, knows none and says so, as it does unless overridden.
   *
   * @param target in which {@link #flaw} finds nothing wrong
   * @throws IllegalArgumentException if samples have no class, or not one each
   */
  default SampleClasses classes(INDArray target, TensorSpec prediction) {
    throw new IllegalArgumentException(
        "its loss compares numbers and knows no classes; give sample weights instead");
  }
}
