package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * An angle for each image.
 *
 * @param cosine (batch, 1, 1)
 * @param sine (batch, 1, 1)
 */
record Turn(Value cosine, Value sine) {

  private static final double EPSILON = 1e-12;

  /** Any angle, all as likely as others, with a probability, else none. */
  static Turn maybe(Ops ops, Value images, Value probability) {
    // the direction of a normal point in the plane
    Value x = Images.normal(ops, images);
    Value y = Images.normal(ops, images);
    Value length = ops.sqrt(ops.shift(ops.add(ops.square(x), ops.square(y)), EPSILON));
    Value chance = Images.chance(ops, images, probability);
    Value beyondOne = ops.multiply(chance, ops.shift(ops.divide(x, length), -1));
    return new Turn(ops.shift(beyondOne, 1), ops.multiply(chance, ops.divide(y, length)));
  }
}
