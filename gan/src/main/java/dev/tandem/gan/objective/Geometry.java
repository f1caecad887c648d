package dev.tandem.gan.objective;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * Each image scaled about its middle by 2^(spread · n), once in both directions and once against
 * each other, and moved by reach · n of its size; n standard normal.
 */
record Stretches(double spread, double reach) implements Augmentation {

  @Override
  public Value apply(Ops ops, Value images) {
    return apply(ops, images, ops.scalar(1, images.dtype()));
  }

  @Override
  public Value apply(Ops ops, Value images, Value strength) {
    Value both = Images.maybeNormal(ops, images, strength, spread * Math.log(2));
    Value against = Images.maybeNormal(ops, images, strength, spread * Math.log(2));
    Value moved = Images.chance(ops, images, strength);
    Value rows = places(ops, images, images.shape().size(1), ops.add(both, against), moved);
    Value columns = places(ops, images, images.shape().size(2), ops.subtract(both, against), moved);
    return Lines.columns(ops, Lines.rows(ops, images, rows), columns);
  }

  /** Where each line is read of an image that is e^scale as large and moved. */
  private Value places(Ops ops, Value images, long count, Value scale, Value moved) {
    double middle = (count - 1) / 2.0;
    Value fromMiddle = ops.shift(Lines.numbers(ops, images, count), -middle);
    Value read = ops.multiply(fromMiddle, ops.exp(ops.negate(scale)));
    Value move = ops.scale(Images.normal(ops, images), reach * count);
    return ops.add(ops.shift(read, middle), ops.multiply(moved, move));
  }
}
