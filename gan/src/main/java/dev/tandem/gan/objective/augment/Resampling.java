package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;

/** Reads the rows or columns of images (batch, height, width, channels) at other places. */
final class Resampling {

  private Resampling() {}

  /**
   * Each image's rows read at places of its own: a product with a matrix of weights, linear between
   * two rows, mirrored at the first and the last one.
   *
   * @param places (batch, rows, 1), within one image's height beyond either end
   */
  static Value rows(Ops ops, Value images, Value places) {
    long rows = images.shape().size(1);
    Value flat =
        ops.reshape(
            images, images.shape().size(0), rows, images.shape().size(2) * images.shape().size(3));
    return ops.reshape(ops.matmul(weights(ops, places, rows), flat), images.shape());
  }

  /**
   * Each line read at places of its own, as {@link #rows} are.
   *
   * @param lines (batch, lines, count, channels)
   * @param places (batch, lines, count), within one count beyond either end
   */
  static Value along(Ops ops, Value lines, Value places) {
    long count = lines.shape().size(2);
    long all = lines.shape().size(0) * lines.shape().size(1);
    Value weights = weights(ops, ops.reshape(places, all, count, 1), count);
    Value flat = ops.reshape(lines, all, count, lines.shape().size(3));
    return ops.reshape(ops.matmul(weights, flat), lines.shape());
  }

  /** The weight of each of {@code count} lines at places (…, places, 1). */
  private static Value weights(Ops ops, Value places, long count) {
    Value all = ops.reshape(Images.places(ops, count, places.dtype()), 1, 1, count);
    Value distance = ops.abs(ops.subtract(all, mirrored(ops, places, count - 1)));
    return ActivationOps.relu(ops, ops.shift(ops.negate(distance), 1));
  }

  /** The same with columns: places (batch, columns, 1). */
  static Value columns(Ops ops, Value images, Value places) {
    return transposed(ops, rows(ops, transposed(ops, images), places));
  }

  /** Rows and columns exchanged. */
  static Value transposed(Ops ops, Value images) {
    return ops.permute(images, 0, 2, 1, 3);
  }

  /** 0, 1, … for each line: (1, count, 1). */
  static Value numbers(Ops ops, Value images, long count) {
    return ops.reshape(Images.places(ops, count, images.dtype()), 1, count, 1);
  }

  /** Places held in [0, last] by mirrors at both ends. */
  private static Value mirrored(Ops ops, Value places, long last) {
    Value fromEnd = ops.shift(ops.negate(ops.abs(places)), last);
    return ActivationOps.relu(ops, ops.shift(ops.negate(ops.abs(fromEnd)), last));
  }
}
