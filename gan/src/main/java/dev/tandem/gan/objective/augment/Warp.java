package dev.tandem.gan.objective.augment;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;

/**
 * A linear map for each of some images (batch, height, width, channels), from a pixel's offset from
 * the middle of the new image to the offset at which the old image is read: {@code (down, right) ↦
 * (rowByRow · down + rowByColumn · right, columnByRow · down + columnByColumn · right)}, in pixels.
 * Each part is (batch, 1, 1).
 *
 * <p>For example (0, −1, 1, 0) is a quarter turn. In an image of 3 × 3 the pixel above the middle
 * has the offset (−1, 0); it is read at (0 · −1 + −1 · 0, 1 · −1 + 0 · 0) = (0, −1), the pixel to
 * the left of the middle: what was to the left is on top, so the image is turned clockwise.
 *
 * <pre>
 *   old  a b c     new  g d a
 *        d e f          h e b
 *        g h i          i f c
 * </pre>
 *
 * <p>Here columnByColumn is 0, so {@link #read} exchanges rows and columns of the image first and
 * has no division by 0.
 *
 * @param rowByRow rows down in the old image for a row down in the new one
 * @param rowByColumn rows down in the old image for a column to the right in the new one
 * @param columnByRow columns to the right in the old image for a row down in the new one
 * @param columnByColumn columns to the right in the old image for a column to the right in the new
 *     one
 */
record Warp(Value rowByRow, Value rowByColumn, Value columnByRow, Value columnByColumn) {

  /** Factors of both axes between two turns. */
  static Warp of(Ops ops, Turn first, Value ofRows, Value ofColumns, Turn second) {
    Value down = ops.multiply(first.cosine(), ofRows);
    Value downByTurn = ops.multiply(first.sine(), ofRows);
    Value right = ops.multiply(first.cosine(), ofColumns);
    Value rightByTurn = ops.multiply(first.sine(), ofColumns);
    return new Warp(
        ops.subtract(ops.multiply(down, second.cosine()), ops.multiply(rightByTurn, second.sine())),
        ops.negate(
            ops.add(ops.multiply(down, second.sine()), ops.multiply(rightByTurn, second.cosine()))),
        ops.add(ops.multiply(downByTurn, second.cosine()), ops.multiply(right, second.sine())),
        ops.subtract(
            ops.multiply(right, second.cosine()), ops.multiply(downByTurn, second.sine())));
  }

  /**
   * Reads square images in two passes, along columns and then along rows (Catmull, Smith, 1980),
   * linear between two pixels. Images that are turned more than halfway to a side are read with
   * rows and columns exchanged, so that neither pass has to squeeze them by more than √2.
   *
   * @param rows how far the rows are from the middle, (batch or 1, height, 1)
   * @param columns how far the columns are from the middle, (batch or 1, 1, width)
   */
  Value read(Ops ops, Value images, Value rows, Value columns) {
    Value exchanged = ops.greater(ops.abs(rowByColumn), ops.abs(columnByColumn));
    Value a = either(ops, exchanged, rowByColumn, columnByColumn);
    Value b = either(ops, exchanged, rowByRow, columnByRow);
    Value g = either(ops, exchanged, columnByColumn, rowByColumn);
    Value h = either(ops, exchanged, columnByRow, rowByRow);
    // column' = a · column + b · row; row' = g · column + h · row = slope · column' + own · row
    Value slope = ops.divide(g, a);
    Value own = ops.subtract(h, ops.multiply(slope, b));

    long height = images.shape().size(1);
    long width = images.shape().size(2);
    Value everyColumn = fromMiddle(ops, images, width);
    Value rowsAcross = ops.reshape(rows, rows.shape().size(0), 1, height);
    Value down = ops.add(ops.multiply(slope, everyColumn), ops.multiply(own, rowsAcross));
    Value right = ops.add(ops.multiply(a, columns), ops.multiply(b, rows));

    Value each = ops.reshape(exchanged, images.shape().size(0), 1, 1, 1);
    Value byColumn = either(ops, each, images, Resampling.transposed(ops, images));
    Value read = Resampling.along(ops, byColumn, ops.shift(down, (height - 1) / 2.0));
    return Resampling.along(
        ops, Resampling.transposed(ops, read), ops.shift(right, (width - 1) / 2.0));
  }

  /** The distance of each line from the middle, in pixels: (1, count, 1). */
  static Value fromMiddle(Ops ops, Value images, long count) {
    return ops.shift(Resampling.numbers(ops, images, count), -(count - 1) / 2.0);
  }

  private static Value either(Ops ops, Value first, Value yes, Value no) {
    return ops.add(ops.multiply(first, yes), ops.multiply(ops.shift(ops.negate(first), 1), no));
  }
}
