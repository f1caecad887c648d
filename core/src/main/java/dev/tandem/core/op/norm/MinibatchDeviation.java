package dev.tandem.core.op.norm;

import dev.tandem.core.op.Composite;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * How much samples differ within their group: from (batch, …) to (batch), the standard deviation of
 * each feature over the group of a sample, averaged over all features (Karras et al., 2017,
 * arXiv:1710.10196). The groups are as large as the batch allows.
 *
 * @param groupSize the most samples in a group; fewer where it does not divide the batch
 */
public record MinibatchDeviation(int groupSize) implements Composite {

  /** What is added to variances, so that their roots have a slope. */
  public static final double EPSILON = 1e-8;

  /** The samples of a group in a batch of so many. */
  private long size(long batch) {
    long size = Math.min(batch, groupSize);
    while (batch % size != 0) {
      size--;
    }
    return size;
  }

  @Override
  public List<Value> decompose(Ops ops, List<Value> inputs) {
    Value x = inputs.get(0);
    long batch = x.shape().size(0);
    long size = size(batch);
    long groups = batch / size;
    Value grouped = ops.reshape(x, size, groups, x.shape().length() / batch);
    Value centered = ops.subtract(grouped, ops.mean(grouped, true, 0));
    Value variance = ops.mean(ops.square(centered), true, 0);
    Value deviation = ops.mean(ops.sqrt(ops.shift(variance, EPSILON)), true, 2);
    Value each = ops.broadcastTo(deviation, Shape.of(size, groups, 1));
    return List.of(ops.reshape(each, batch));
  }
}
