package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link CategoricalFocalCrossentropy} for targets that are class numbers: integers of the
 * prediction's shape (batch, …, classes) without its last axis, in [0, classes).
 *
 * @param ofRows the loss against one-hot rows
 */
public record SparseCategoricalFocalCrossentropy(CategoricalFocalCrossentropy ofRows)
    implements Loss {

  /** Checks that it is there. */
  public SparseCategoricalFocalCrossentropy {
    Objects.requireNonNull(ofRows, "loss against rows");
  }

  /** The same for predictions that are logits: the exact way, which also never overflows. */
  public SparseCategoricalFocalCrossentropy fromLogits() {
    return new SparseCategoricalFocalCrossentropy(ofRows.fromLogits());
  }

  /** The same with targets moved towards equal probabilities. */
  public SparseCategoricalFocalCrossentropy labelSmoothing(double smoothing) {
    return new SparseCategoricalFocalCrossentropy(ofRows.labelSmoothing(smoothing));
  }

  /** The same with another exponent. */
  public SparseCategoricalFocalCrossentropy gamma(double exponent) {
    return new SparseCategoricalFocalCrossentropy(ofRows.gamma(exponent));
  }

  /** The same with another factor. */
  public SparseCategoricalFocalCrossentropy alpha(double factor) {
    return new SparseCategoricalFocalCrossentropy(ofRows.alpha(factor));
  }

  @Override
  public TensorSpec target(TensorSpec prediction) {
    Classes.require("sparse categorical focal cross-entropy", prediction);
    return new TensorSpec(prediction.shape().without(-1), DataType.INT32);
  }

  @Override
  public Optional<Flaw> flaw(INDArray target, TensorSpec prediction) {
    return Domain.classes(target, prediction.shape().size(-1));
  }

  @Override
  public SampleClasses classes(INDArray target, TensorSpec prediction) {
    return OneClass.ofNumbers(target, prediction);
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value rows = ArrayOps.oneHot(ops, target, prediction.shape().size(-1), prediction.dtype());
    return ofRows.perSample(ops, prediction, rows);
  }
}
