package dev.tandem.core.layer;

import dev.tandem.core.op.Pad;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * Zeros around an image: (batch, height, width, channels) to (batch, top + height + bottom, left +
 * width + right, channels). No weights.
 */
public final class ZeroPadding2D extends SimpleLayer<ZeroPadding2D> {

  private static final Setting<List<Integer>> BORDER = Border.setting("padding");

  ZeroPadding2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer that adds as many rows or columns of zeros at each side. */
  public static ZeroPadding2D of(int all) {
    return of(all, all);
  }

  /** A layer that adds rows above and below, and columns to the left and to the right. */
  public static ZeroPadding2D of(int rows, int columns) {
    return of(rows, rows, columns, columns);
  }

  /** A layer that adds these numbers of rows and columns. */
  public static ZeroPadding2D of(int top, int bottom, int left, int right) {
    return new ZeroPadding2D(LayerSettings.of(BORDER, List.of(top, bottom, left, right)));
  }

  @Override
  protected boolean takesIntegers() {
    return true;
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    Border border = Border.of(get(BORDER));
    return input.with(1, input.size(1) + border.rows()).with(2, input.size(2) + border.columns());
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Border border = Border.of(get(BORDER));
    Shape begin = Shape.of(0, border.top(), border.left(), 0);
    return forward.ops().one(new Pad(begin, output(x.shape())), x);
  }
}
