package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.array.ArrayOps;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link CategoricalCrossentropy} for targets that are class numbers: integers of the prediction's
 * shape (batch, …, classes) without its last axis, in [0, classes).
 *
 * @param logits whether predictions are logits instead of probabilities
 * @param labelSmoothing s in [0, 1]: the class has probability 1 − s, and all classes share s
 */
public record SparseCategoricalCrossentropy(boolean logits, double labelSmoothing) implements Loss {

  /** Checks the smoothing. */
  public SparseCategoricalCrossentropy {
    Probabilities.checkSmoothing(labelSmoothing);
  }

  /** The same for predictions that are logits: the exact way, which also never overflows. */
  public SparseCategoricalCrossentropy fromLogits() {
    return new SparseCategoricalCrossentropy(true, labelSmoothing);
  }

  /** The same with targets moved towards equal probabilities. */
  public SparseCategoricalCrossentropy labelSmoothing(double smoothing) {
    return new SparseCategoricalCrossentropy(logits, smoothing);
  }

  @Override
  public TensorSpec target(TensorSpec prediction) {
    Classes.require("sparse categorical cross-entropy", prediction);
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
    return new CategoricalCrossentropy(logits, labelSmoothing).perSample(ops, prediction, rows);
  }
}
