package dev.tandem.gan.net;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.model.Model;
import java.util.Objects;

/**
 * The generator of CycleGAN (Zhu et al., 2017, arXiv:1703.10593, after Johnson et al., 2016,
 * arXiv:1603.08155): images (batch, height, width, channels) to images of the same rows and columns
 * in [−1, 1]. A convolution of 7 × 7, two of stride 2, residual blocks of two convolutions each,
 * two transposed convolutions, a convolution of 7 × 7; first weights normal with deviation 0.02.
 *
 * <p>Their images end in a mirror, these in zeros. In their words it is {@code c7s1-64, d128, d256,
 * R256 …, u128, u64, c7s1-3}.
 *
 * @param height of the images, a multiple of 4
 * @param width of the images, a multiple of 4
 * @param channelsIn of the images that are given
 * @param channelsOut of the images that are made
 * @param filters of the first convolution, two and four times as many inside; theirs are 64
 * @param blocks the number of residual blocks; theirs are 6 for 128 × 128 and 9 for 256 × 256
 * @param norm behind each kernel but the last
 */
public record ResNetGenerator(
    int height, int width, int channelsIn, int channelsOut, int filters, int blocks, Norm norm)
    implements NetDesign {

  private static final Initializer FIRST = Initializers.normal(0.02);

  /** Checks the sizes. */
  public ResNetGenerator {
    requireFourth("height", height);
    requireFourth("width", width);
    Sizes.positive("channels of the input", channelsIn);
    Sizes.positive("channels of the output", channelsOut);
    Sizes.positive("number of filters", filters);
    Sizes.positive("number of blocks", blocks);
    Objects.requireNonNull(norm, "norm");
  }

  private static void requireFourth(String what, int size) {
    if (size < 4 || size % 4 != 0) {
      throw new IllegalArgumentException(
          what
              + " is not a multiple of 4: "
              + size
              + "; a ResNetGenerator halves images twice, crop or pad them");
    }
  }

  /** Theirs for images up to 128 × 128: 64 filters, 6 blocks, instance norm. */
  public static ResNetGenerator sized(int height, int width, int channelsIn, int channelsOut) {
    return new ResNetGenerator(height, width, channelsIn, channelsOut, 64, 6, Norm.INSTANCE);
  }

  /** The same with another number of filters in the first convolution. */
  public ResNetGenerator filters(int count) {
    return new ResNetGenerator(height, width, channelsIn, channelsOut, count, blocks, norm);
  }

  /** The same with another number of residual blocks. */
  public ResNetGenerator blocks(int count) {
    return new ResNetGenerator(height, width, channelsIn, channelsOut, filters, count, norm);
  }

  /** The same with another norm. */
  public ResNetGenerator norm(Norm other) {
    return new ResNetGenerator(height, width, channelsIn, channelsOut, filters, blocks, other);
  }

  /**
   * A new net.
   *
   * @return input "image" (batch, height, width, channelsIn), output (batch, height, width,
   *     channelsOut)
   */
  @Override
  public Model build(String name) {
    NamedLayers named = NamedLayers.plain(name, FIRST);
    boolean bias = norm.wantsBias();
    Input image = Input.of("image", height, width, channelsIn);
    SymbolicTensor x = normed(named, named.conv("in", filters, 7).bias(bias), image);
    x = normed(named, named.conv("down0", 2 * filters, 3).stride(2).bias(bias), x);
    x = normed(named, named.conv("down1", 4 * filters, 3).stride(2).bias(bias), x);
    for (int i = 0; i < blocks; i++) {
      x = block(named, "block" + i, x);
    }
    x = normed(named, named.up("up0", 2 * filters, 3).bias(bias), x);
    x = normed(named, named.up("up1", filters, 3).bias(bias), x);
    Layer last = named.conv("image", channelsOut, 7).activation(tanh());
    return drew(Model.of(name, image, named.apply(last, x)));
  }

  private SymbolicTensor normed(NamedLayers named, Layer layer, SymbolicTensor x) {
    return named.apply(layer, norm, relu(), x);
  }

  /** Two convolutions beside nothing, without an activation behind their sum. */
  private SymbolicTensor block(NamedLayers named, String part, SymbolicTensor x) {
    boolean bias = norm.wantsBias();
    SymbolicTensor y = normed(named, named.conv(part + "_0", 4 * filters, 3).bias(bias), x);
    Layer second = named.conv(part + "_1", 4 * filters, 3).bias(bias);
    return Add.of().apply(x, norm.apply(second.name() + "_norm", named.apply(second, y)));
  }
}
