package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.norm.NormOps;
import dev.tandem.core.tensor.Shape;

/**
 * Mean 0 and variance 1 for each sample by itself, by the ops that normalize batches and layers: a
 * kernel each, forward and backward.
 */
final class Groups {

  private Groups() {}

  /**
   * Each channel of each sample over all places. Samples stand beside channels, as if each were a
   * channel of one batch of places.
   *
   * @param x (batch, …places, channels)
   * @param gamma a factor for each channel of each sample, (batch, channels)
   * @param beta what is added to it, (batch, channels)
   * @return the shape of x
   */
  static Value byChannel(Ops ops, Value x, Value gamma, Value beta, double epsilon) {
    long batch = x.shape().size(0);
    long channels = x.shape().size(-1);
    long places = x.shape().length() / batch / channels;
    Value first = ops.permute(ops.reshape(x, batch, places, channels), 1, 0, 2);
    Value y =
        NormOps.batchNorm(
                ops,
                ops.reshape(first, places, batch * channels),
                ops.reshape(gamma, batch * channels),
                ops.reshape(beta, batch * channels),
                epsilon)
            .y();
    Value back = ops.permute(ops.reshape(y, places, batch, channels), 1, 0, 2);
    return ops.reshape(back, x.shape());
  }

  /** Groups of neighboring channels of each sample, over all places: the shape of x. */
  static Value byGroup(Ops ops, Value x, long groups, double epsilon) {
    long batch = x.shape().size(0);
    long inGroup = x.shape().size(-1) / groups;
    long places = x.shape().length() / batch / x.shape().size(-1);
    Value grouped = ops.permute(ops.reshape(x, batch, places, groups, inGroup), 0, 2, 1, 3);
    long size = places * inGroup;
    Value y =
        NormOps.layerNorm(
            ops,
            ops.reshape(grouped, batch * groups, size),
            ops.fill(1, x.spec().withShape(Shape.of(size))),
            ops.fill(0, x.spec().withShape(Shape.of(size))),
            epsilon);
    Value back = ops.permute(ops.reshape(y, batch, groups, places, inGroup), 0, 2, 1, 3);
    return ops.reshape(back, x.shape());
  }
}
