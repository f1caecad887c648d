package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/** A rectangle of zeros in each image, its middle anywhere. */
record Cutout(double ratio) implements Augmentation {

  Cutout {
    Images.requireRatio("cutout", ratio);
  }

  @Override
  public Value apply(Ops ops, Value images) {
    long batch = images.shape().size(0);
    Value rows = inside(ops, images, images.shape().size(1));
    Value columns = inside(ops, images, images.shape().size(2));
    Value hole =
        ops.multiply(
            ops.reshape(rows, batch, images.shape().size(1), 1, 1),
            ops.reshape(columns, batch, 1, images.shape().size(2), 1));
    return ops.multiply(images, ops.shift(ops.negate(hole), 1));
  }

  /** 1 where a stretch around a random middle covers one of so many places: (batch, 1, places). */
  private Value inside(Ops ops, Value images, long size) {
    long length = Math.round(size * ratio);
    Value middle = Images.whole(ops, images, 0, size + 1 - length % 2);
    Value start = ops.shift(middle, -(double) (length / 2));
    Value places = ops.reshape(Images.places(ops, size, images.dtype()), 1, 1, size);
    Value fromStart = ops.subtract(places, start);
    Value zero = ops.scalar(0, images.dtype());
    return ops.multiply(
        ops.greater(ops.shift(fromStart, 0.5), zero),
        ops.greater(ops.shift(ops.negate(fromStart), length - 0.5), zero));
  }
}
