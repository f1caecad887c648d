package dev.tandem.gan.net;

import static dev.tandem.core.activation.Activations.leakyRelu;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.ZeroPadding2D;
import dev.tandem.core.model.Model;
import java.util.Objects;

/**
 * The discriminator of Pix2Pix and CycleGAN, which judges patches (Isola et al., 2016,
 * arXiv:1611.07004): images (batch, height, width, channels) to a map of logits (batch, rows,
 * columns, 1), each of which has seen a square of the image. Convolutions of 4 × 4: some of stride
 * 2, then two of stride 1, which leave one row and one column less each; first weights normal with
 * deviation 0.02.
 *
 * <p>A discriminator that is shown two images at once takes the channels of both.
 *
 * @param height of the images
 * @param width of the images
 * @param channels of the images
 * @param filters of the first convolution, then 2, 4 and from then on 8 times as many; theirs are
 *     64
 * @param layers the number of convolutions of stride 2; 1 sees patches of 16 × 16, 2 of 34, 3 of 70
 * @param norm behind each kernel but the first and the last
 */
public record PatchGan(int height, int width, int channels, int filters, int layers, Norm norm)
    implements NetDesign {

  private static final Initializer FIRST = Initializers.normal(0.02);
  private static final int KERNEL = 4;
  private static final int SMALLEST = 3;

  /** Checks the sizes. */
  public PatchGan {
    Sizes.positive("channels", channels);
    Sizes.positive("number of filters", filters);
    Sizes.positive("number of layers", layers);
    if (Sizes.halved(Math.min(height, width), layers) < SMALLEST) {
      throw new IllegalArgumentException(
          "images of "
              + height
              + " × "
              + width
              + " are below "
              + SMALLEST
              + " pixels after "
              + layers
              + " layers of stride 2; take fewer layers or larger images");
    }
    Objects.requireNonNull(norm, "norm");
  }

  /**
   * Theirs, which sees patches of 70 × 70: 64 filters, instance norm, and 3 layers of stride 2, or
   * as many as images below 17 × 17 have room for.
   */
  public static PatchGan sized(int height, int width, int channels) {
    int layers = 3;
    while (layers > 1 && Sizes.halved(Math.min(height, width), layers) < SMALLEST) {
      layers--;
    }
    return new PatchGan(height, width, channels, 64, layers, Norm.INSTANCE);
  }

  /** The same with another number of filters in the first convolution. */
  public PatchGan filters(int count) {
    return new PatchGan(height, width, channels, count, layers, norm);
  }

  /** The same with another number of convolutions of stride 2. */
  public PatchGan layers(int count) {
    return new PatchGan(height, width, channels, filters, count, norm);
  }

  /** The same with another norm. */
  public PatchGan norm(Norm other) {
    return new PatchGan(height, width, channels, filters, layers, other);
  }

  /**
   * The pixels of a side of the square that each logit has seen, where it lies inside the image.
   */
  public int patch() {
    int side = 1 + 2 * (KERNEL - 1);
    for (int i = 0; i < layers; i++) {
      side = 2 * (side - 1) + KERNEL;
    }
    return side;
  }

  /**
   * A new net.
   *
   * @return input "image" (batch, height, width, channels), output (batch, rows, columns, 1)
   */
  @Override
  public Model build(String name) {
    NamedLayers named = NamedLayers.plain(name, FIRST);
    Input image = Input.of("image", height, width, channels);
    SymbolicTensor x =
        named.apply(named.conv("d0", filters, KERNEL).stride(2), Norm.NONE, leakyRelu(0.2), image);
    for (int i = 1; i < layers; i++) {
      x = named.apply(wide(named, i).stride(2), norm, leakyRelu(0.2), x);
    }
    x = named.apply(inside(wide(named, layers)), norm, leakyRelu(0.2), padded(x));
    SymbolicTensor scores = named.apply(inside(named.conv("score", 1, KERNEL)), padded(x));
    return drew(Model.of(name, image, scores));
  }

  private Conv2D wide(NamedLayers named, int level) {
    int count = filters * (1 << Math.min(level, 3));
    return named.conv("d" + level, count, KERNEL).bias(norm.wantsBias());
  }

  private static Conv2D inside(Conv2D conv) {
    return conv.padding(Padding.VALID);
  }

  private static SymbolicTensor padded(SymbolicTensor x) {
    return ZeroPadding2D.of(1).apply(x);
  }
}
