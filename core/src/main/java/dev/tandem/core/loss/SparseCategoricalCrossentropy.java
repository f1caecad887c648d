package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link CategoricalCrossentropy} for targets that are class numbers: int32 of the prediction's
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

  /** The same with targets drawn towards equal probabilities. */
  public SparseCategoricalCrossentropy labelSmoothing(double smoothing) {
    return new SparseCategoricalCrossentropy(logits, smoothing);
  }

  @Override
  public TensorSpec target(TensorSpec prediction) {
    Classes.require("sparse categorical cross-entropy", prediction);
    return new TensorSpec(prediction.shape().without(-1), DataType.INT32);
  }

  /** As for every loss; numbers of any type will do, but outside [0, classes) they are refused. */
  @Override
  public INDArray accept(INDArray target, TensorSpec prediction) {
    INDArray accepted = Loss.super.accept(target, prediction);
    long classes = prediction.shape().size(-1);
    require(target.minNumber().doubleValue(), classes);
    require(target.maxNumber().doubleValue(), classes);
    return accepted;
  }

  private static void require(double number, long classes) {
    if (!(number >= 0 && number < classes)) {
      throw new IllegalArgumentException("target class is not in [0, " + classes + "): " + number);
    }
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value rows = ops.oneHot(target, prediction.shape().size(-1), prediction.dtype());
    return new CategoricalCrossentropy(logits, labelSmoothing).perSample(ops, prediction, rows);
  }
}
