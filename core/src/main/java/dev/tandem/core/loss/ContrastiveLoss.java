package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@code t · d² + (1 − t) · max(margin − d, 0)²}, averaged, for predictions d that are distances of
 * pairs, at least 0, and targets t in [0, 1], 1 for pairs of one kind: like ones are drawn together
 * and others pushed apart up to the margin (Hadsell, Chopra, LeCun, CVPR 2006, where it is half of
 * this and 0 stands for pairs of one kind).
 *
 * @param margin above 0; 1 unless set
 */
public record ContrastiveLoss(double margin) implements Loss {

  /** Checks the margin. */
  public ContrastiveLoss {
    Check.aboveZero("margin", margin);
  }

  @Override
  public Optional<Flaw> flaw(INDArray target, TensorSpec prediction) {
    return Domain.range(
        target, 0, 1, "targets are 1 for pairs of one kind and 0 for others, or between");
  }

  @Override
  public SampleClasses classes(INDArray target, TensorSpec prediction) {
    return OneClass.ofAnswers(target, prediction);
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    Value alike = ops.multiply(target, ops.square(prediction));
    Value missing = ActivationOps.relu(ops, ops.shift(ops.negate(prediction), margin));
    Value others = ops.multiply(ops.shift(ops.negate(target), 1), ops.square(missing));
    return Samples.mean(ops, ops.add(alike, others));
  }
}
