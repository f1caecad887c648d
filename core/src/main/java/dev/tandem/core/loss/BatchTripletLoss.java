package dev.tandem.core.loss;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A triplet loss that finds its triplets in the batch, by labels: predictions are embeddings
 * (batch, size), of length 1 as a rule, and targets class numbers (batch). With d for squared
 * distances each term is {@code max(d(anchor, positive) − d(anchor, negative) + margin, 0)}.
 *
 * <p>Semi-hard (Schroff, Kalenichenko, Philbin, FaceNet, CVPR 2015, arXiv:1503.03832): for each
 * pair of one class the nearest negative that is farther than the positive, or else the farthest
 * negative; the mean over all pairs. Hard (Hermans, Beyer, Leibe, 2017, arXiv:1703.07737): for each
 * anchor its farthest positive and its nearest negative; the mean over all anchors that have both.
 * A batch without such pairs has the loss 0: draw batches in which classes come several times.
 *
 * <p>The samples' losses have that mean: each is the sum of its terms times the size of the batch
 * over the number of terms.
 *
 * @param margin above 0; 1 unless set
 * @param hardest whether the hardest of each anchor are taken, not semi-hard ones
 */
public record BatchTripletLoss(double margin, boolean hardest) implements Loss {

  /** Farther than anything. */
  private static final double FAR = 1e30;

  /** Checks the margin. */
  public BatchTripletLoss {
    Check.aboveZero("margin", margin);
  }

  /** The same with the hardest positive and negative of each anchor. */
  public BatchTripletLoss hard() {
    return new BatchTripletLoss(margin, true);
  }

  @Override
  public TensorSpec target(TensorSpec prediction) {
    if (prediction.shape().rank() != 2) {
      throw new IllegalArgumentException(
          "batch triplet loss expects one embedding for each sample, (batch, size), got "
              + prediction.shape()
              + "; pool or flatten what lies between");
    }
    return new TensorSpec(prediction.shape().without(-1), DataType.INT32);
  }

  @Override
  public Value perSample(Ops ops, Value prediction, Value target) {
    target(prediction.spec());
    int batch = Math.toIntExact(prediction.shape().size(0));
    DataType dtype = prediction.dtype();
    Value labels = ops.reshape(ops.cast(target, dtype), batch, 1);
    Value same = ops.equal(labels, ops.reshape(labels, 1, batch));
    Value itself = Embeddings.marks(ops, batch, row -> row, 1, dtype);
    Value positive = ops.subtract(same, itself);
    Value negative = ops.shift(ops.negate(same), 1);
    Value distances = distances(ops, prediction);
    Value any = ops.max(negative, true, 1);
    Value valid;
    Value terms;
    if (hardest) {
      Value farthest = ops.max(ops.where(positive, distances, far(ops, dtype, -1)), true, 1);
      Value nearest = nearest(ops, distances, negative);
      valid = ops.multiply(ops.max(positive, true, 1), any);
      terms = term(ops, valid, farthest, nearest);
    } else {
      valid = ops.multiply(positive, any);
      terms = term(ops, valid, distances, semiHard(ops, distances, negative));
    }
    Value count = ops.maximum(ops.sum(valid), ops.scalar(1, dtype));
    return ops.divide(ops.scale(ops.sum(terms, false, 1), batch), count);
  }

  /** Squared distances of all pairs, (batch, batch). */
  private static Value distances(Ops ops, Value x) {
    long batch = x.shape().size(0);
    long size = x.shape().size(1);
    Value apart = ops.subtract(ops.reshape(x, batch, 1, size), ops.reshape(x, 1, batch, size));
    return ops.sum(ops.square(apart), false, 2);
  }

  private static Value far(Ops ops, DataType dtype, int sign) {
    return ops.scalar(sign * FAR, dtype);
  }

  /** The smallest along the last axis of those that are marked. */
  private static Value nearest(Ops ops, Value distances, Value marks) {
    Value near = ops.where(marks, ops.negate(distances), far(ops, distances.dtype(), -1));
    return ops.negate(ops.max(near, true, -1));
  }

  /** For each pair (anchor, positive) the distance of the negative that it is held against. */
  private static Value semiHard(Ops ops, Value distances, Value negative) {
    long batch = distances.shape().size(0);
    Value third = ops.reshape(distances, batch, 1, batch);
    Value farther = ops.greater(third, ops.reshape(distances, batch, batch, 1));
    Value outside = ops.multiply(farther, ops.reshape(negative, batch, 1, batch));
    Shape pairs = distances.shape();
    Value nearest = ops.reshape(nearest(ops, third, outside), pairs);
    Value inside = ops.where(negative, distances, far(ops, distances.dtype(), -1));
    Value anyOutside = ops.reshape(ops.max(outside, true, -1), pairs);
    return ops.where(anyOutside, nearest, ops.max(inside, true, 1));
  }

  private Value term(Ops ops, Value valid, Value near, Value far) {
    Value apart = ops.shift(ops.subtract(near, far), margin);
    return ops.where(valid, ActivationOps.relu(ops, apart), ops.scalar(0, near.dtype()));
  }
}
