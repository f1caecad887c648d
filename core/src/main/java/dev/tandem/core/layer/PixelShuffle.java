package dev.tandem.core.layer;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;

/**
 * Channels laid out as blocks of pixels (Shi et al., 2016, arXiv:1609.05158): (batch, height,
 * width, factor² · channels) to (batch, height · factor, width · factor, channels). The channels of
 * a pixel are, in their order, those of its block's first row, then of the next (TensorFlow's
 * {@code depth_to_space}). No weights.
 */
public final class PixelShuffle extends SimpleLayer<PixelShuffle> {

  private static final Setting<Integer> FACTOR = Setting.integer("factor").checked(Check::positive);

  PixelShuffle(LayerSettings settings) {
    super(settings);
  }

  /** A layer that multiplies rows and columns by a factor of at least 1. */
  public static PixelShuffle factor(int factor) {
    return new PixelShuffle(LayerSettings.of(FACTOR, factor));
  }

  @Override
  protected Shape output(Shape input) {
    requireImage(input);
    int factor = get(FACTOR);
    long block = (long) factor * factor;
    if (input.size(3) % block != 0) {
      throw reject(
          "needs channels that factor² = " + block + " divides",
          input,
          "give the layer before it a multiple of " + block + " channels");
    }
    return input
        .with(1, input.size(1) * factor)
        .with(2, input.size(2) * factor)
        .with(3, input.size(3) / block);
  }

  @Override
  protected Value forward(LayerCall forward, Value x) {
    Ops ops = forward.ops();
    long factor = get(FACTOR);
    Shape in = x.shape();
    long channels = in.size(3) / (factor * factor);
    Value blocks = ops.reshape(x, in.size(0), in.size(1), in.size(2), factor, factor * channels);
    // (batch, height, width, row in block, the rest of the row) with rows of blocks side by side
    Value rows = ops.permute(blocks, 0, 1, 3, 2, 4);
    return ops.reshape(rows, in.size(0), in.size(1) * factor, in.size(2) * factor, channels);
  }
}
