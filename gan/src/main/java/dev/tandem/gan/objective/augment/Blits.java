package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * Mirrored sides, turns and moves by whole pixels, mirrored at the edges. A quarter turn exchanges
 * rows and columns and mirrors one of them, half a turn mirrors both.
 */
record Blits(double reach) implements Augmentation {

  @Override
  public Value apply(Ops ops, Value images) {
    return apply(ops, images, ops.scalar(1, images.dtype()));
  }

  @Override
  public Value apply(Ops ops, Value images, Value strength) {
    long height = images.shape().size(1);
    long width = images.shape().size(2);
    boolean square = height == width;
    Value side = maybe(ops, images, strength, Images.whole(ops, images, 0, 2));
    Value quarters = Images.whole(ops, images, 0, square ? 4 : 2);
    Value turns = maybe(ops, images, strength, square ? quarters : ops.scale(quarters, 2));
    Value moved = Images.chance(ops, images, strength);

    Value one = is(ops, turns, 1);
    Value two = is(ops, turns, 2);
    Value three = is(ops, turns, 3);
    Value turned = images;
    if (square) {
      Value exchanged = ops.reshape(ops.add(one, three), images.shape().size(0), 1, 1, 1);
      Value kept = ops.shift(ops.negate(exchanged), 1);
      turned =
          ops.add(
              ops.multiply(exchanged, Resampling.transposed(ops, images)),
              ops.multiply(kept, images));
    }
    // mirrored twice is not mirrored
    Value columnsMirrored = ops.abs(ops.subtract(ops.add(two, three), side));
    Value rows = places(ops, images, height, ops.add(one, two), moved);
    Value columns = places(ops, images, width, columnsMirrored, moved);
    return Resampling.columns(ops, Resampling.rows(ops, turned, rows), columns);
  }

  private static Value maybe(Ops ops, Value images, Value strength, Value number) {
    return ops.multiply(Images.chance(ops, images, strength), number);
  }

  private static Value is(Ops ops, Value turns, double number) {
    return ops.equal(turns, ops.scalar(number, turns.dtype()));
  }

  /** The place at which each line is read: i, or last − i where mirrored, plus a move. */
  private Value places(Ops ops, Value images, long count, Value mirrored, Value moved) {
    Value numbers = Resampling.numbers(ops, images, count);
    Value toMirror = ops.shift(ops.scale(numbers, -2), count - 1);
    long most = Math.round(count * reach);
    Value move = ops.multiply(moved, Images.whole(ops, images, -most, 2 * most + 1));
    return ops.add(ops.add(numbers, ops.multiply(mirrored, toMirror)), move);
  }
}
