package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;

/**
 * Each image scaled about its middle by 2^(spread · n), turned, scaled by as much in one direction
 * as down in the other, turned again, and moved by reach · n of its size; n standard normal. Images
 * that are not square are not turned.
 */
record Geometry(double spread, double reach) implements Augmentation {

  @Override
  public Value apply(Ops ops, Value images) {
    return apply(ops, images, ops.scalar(1, images.dtype()));
  }

  @Override
  public Value apply(Ops ops, Value images, Value strength) {
    Value both = Images.maybeNormal(ops, images, strength, spread * Math.log(2));
    Value against = Images.maybeNormal(ops, images, strength, spread * Math.log(2));
    Value moved = Images.chance(ops, images, strength);
    long height = images.shape().size(1);
    long width = images.shape().size(2);
    Value ofRows = ops.exp(ops.negate(ops.add(both, against)));
    Value ofColumns = ops.exp(ops.subtract(against, both));
    Value rows = places(ops, images, height, moved);
    Value columns = places(ops, images, width, moved);
    if (height == width) {
      Turn first = turn(ops, images, strength);
      Turn second = turn(ops, images, strength);
      Value across = ops.reshape(columns, columns.shape().size(0), 1, width);
      return Warp.of(ops, first, ofRows, ofColumns, second).read(ops, images, rows, across);
    }
    Value readRows = ops.shift(ops.multiply(rows, ofRows), (height - 1) / 2.0);
    Value readColumns = ops.shift(ops.multiply(columns, ofColumns), (width - 1) / 2.0);
    return Resampling.columns(ops, Resampling.rows(ops, images, readRows), readColumns);
  }

  /** Two turns happen with this probability together, as one change does. */
  private static Turn turn(Ops ops, Value images, Value strength) {
    Value none = ops.sqrt(ActivationOps.relu(ops, ops.shift(ops.negate(strength), 1)));
    return Turn.maybe(ops, images, ops.shift(ops.negate(none), 1));
  }

  /**
   * The distance of each line from the middle before the image is moved, in pixels: (batch, count,
   * 1).
   */
  private Value places(Ops ops, Value images, long count, Value moved) {
    Value move = ops.scale(Images.normal(ops, images), reach * count);
    return ops.subtract(Warp.fromMiddle(ops, images, count), ops.multiply(moved, move));
  }
}
