package dev.tandem.core.layer;

import dev.tandem.core.op.Slice;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * An image without its border: (batch, height, width, channels) to (batch, height - top - bottom,
 * width - left - right, channels). No weights.
 */
public final class Cropping2D extends SimpleLayer<Cropping2D> {

  private static final Setting<List<Integer>> BORDER = Border.setting("cropping");

  Cropping2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that takes as many rows or columns off each side. */
  public static Cropping2D of(int all) {
    return of(all, all);
  }

  /** A layer that takes off rows above and below, and columns to the left and to the right. */
  public static Cropping2D of(int rows, int columns) {
    return of(rows, rows, columns, columns);
  }

  /** A layer that takes off these numbers of rows and columns. */
  public static Cropping2D of(int top, int bottom, int left, int right) {
    return new Cropping2D(LayerSettings.of(BORDER, List.of(top, bottom, left, right)));
  }

  @Override
  protected boolean takesIntegers() {
    return true;
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    Border border = Border.of(get(BORDER));
    if (border.rows() >= input.size(1) || border.columns() >= input.size(2)) {
      throw reject(
          "takes off " + border.rows() + " rows and " + border.columns() + " columns",
          input,
          "crop less than the image");
    }
    return input.with(1, input.size(1) - border.rows()).with(2, input.size(2) - border.columns());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Border border = Border.of(get(BORDER));
    Shape begin = Shape.of(0, border.top(), border.left(), 0);
    return forward.ops().one(new Slice(begin, output(x.shape())), x);
  }
}
