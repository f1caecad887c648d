package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Check;
import java.util.List;

/**
 * {@code max(‖a − p‖² − ‖a − n‖² + margin, 0)} for an anchor a, a positive p of its kind and a
 * negative n of another (Schroff, Kalenichenko, Philbin, FaceNet, CVPR 2015, arXiv:1503.03832,
 * where they have length 1). The prediction is all three along the last axis, (batch, …, 3 · size),
 * as {@code Concatenate} gives them in this order; there is no target.
 *
 * @param margin above 0; 1 unless set
 */
public record TripletLoss(double margin) implements Loss {

  /** Checks the margin. */
  public TripletLoss {
    Check.aboveZero("margin", margin);
  }

  @Override
  public boolean needsTarget() {
    return false;
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    List<Value> parts = Embeddings.split(ops, "triplet loss", prediction, 3);
    Value near = distance(ops, parts.get(0), parts.get(1));
    Value far = distance(ops, parts.get(0), parts.get(2));
    Value loss = ActivationOps.relu(ops, ops.shift(ops.subtract(near, far), margin));
    return Samples.mean(ops, loss);
  }

  private static Value distance(Ops ops, Value a, Value b) {
    return ops.sum(ops.square(ops.subtract(a, b)), false, -1);
  }
}
