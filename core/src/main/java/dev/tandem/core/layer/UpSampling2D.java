package dev.tandem.core.layer;

import dev.tandem.core.op.Value;
import dev.tandem.core.op.image.ImageOps;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import java.util.List;

/**
 * Each pixel repeated as a block, the nearest neighbor: (batch, height, width, channels) to (batch,
 * height · rows, width · columns, channels). No weights.
 */
public final class UpSampling2D extends SimpleLayer<UpSampling2D> {

  private static final Setting<List<Integer>> SIZE =
      Setting.integers("size").called("upsampling size").checked(Check::allPositive);

  UpSampling2D(LayerSettings settings) {
    super(settings);
  }

  /** A layer of square blocks. */
  public static UpSampling2D size(int size) {
    return size(size, size);
  }

  /** A layer of blocks of so many rows and columns. */
  public static UpSampling2D size(int rows, int columns) {
    return new UpSampling2D(LayerSettings.of(SIZE, List.of(rows, columns)));
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    List<Integer> size = get(SIZE);
    return input.with(1, input.size(1) * size.get(0)).with(2, input.size(2) * size.get(1));
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    List<Integer> size = get(SIZE);
    return ImageOps.upSample2d(forward.ops(), x, size.get(0), size.get(1));
  }
}
