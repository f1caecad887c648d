package dev.tandem.gan.net;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Cropping2D;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The generator of Pix2Pix (Isola et al., 2016, arXiv:1611.07004, after Ronneberger et al., 2015,
 * arXiv:1505.04597): images (batch, height, width, channels) to images of the same rows and columns
 * in [−1, 1]. Convolutions of 4 × 4 halve the image down to a few pixels, transposed convolutions
 * bring it back, and each of these also sees what the convolution at its size has made; first
 * weights normal with deviation 0.02.
 *
 * <p>Any size will do: half of an odd size is rounded up, and what comes back one row or column too
 * large is cropped. There are filters, 2, 4 and from then on 8 times as many. The first three
 * layers of the way back have a dropout of a half behind them (fewer in shallow nets), in training
 * alone; the paper keeps it for samples.
 *
 * @param height of the images, at least 2
 * @param width of the images, at least 2
 * @param channelsIn of the images that are given
 * @param channelsOut of the images that are made
 * @param filters of the first convolution; theirs are 64
 * @param depth how often the image is halved; theirs is 8 for 256 × 256
 * @param norm behind each kernel but the outermost two and the innermost convolution
 */
public record UNet(
    int height, int width, int channelsIn, int channelsOut, int filters, int depth, Norm norm)
    implements NetDesign {

  private static final Initializer FIRST = Initializers.normal(0.02);
  private static final int KERNEL = 4;
  private static final int DEEPEST = 8;
  private static final int DROPPED = 3;

  /** Checks the sizes. */
  public UNet {
    requireTwo("height", height);
    requireTwo("width", width);
    Sizes.positive("channels of the input", channelsIn);
    Sizes.positive("channels of the output", channelsOut);
    Sizes.positive("number of filters", filters);
    Sizes.positive("depth", depth);
    int most = Sizes.halvings(Math.max(height, width));
    if (depth > most) {
      throw new IllegalArgumentException(
          "depth is above "
              + most
              + ", at which images of "
              + height
              + " × "
              + width
              + " are one pixel: "
              + depth);
    }
    Objects.requireNonNull(norm, "norm");
  }

  private static void requireTwo(String what, int size) {
    if (size < 2) {
      throw new IllegalArgumentException(what + " is not at least 2: " + size);
    }
  }

  /** 64 filters, instance norm, and halved until a side is one pixel, but 8 times at most. */
  public static UNet sized(int height, int width, int channelsIn, int channelsOut) {
    requireTwo("height", height);
    requireTwo("width", width);
    int depth = Math.min(DEEPEST, Sizes.halvings(Math.min(height, width)));
    return new UNet(height, width, channelsIn, channelsOut, 64, depth, Norm.INSTANCE);
  }

  /** The same with another number of filters in the first convolution. */
  public UNet filters(int count) {
    return new UNet(height, width, channelsIn, channelsOut, count, depth, norm);
  }

  /** The same that halves its image so many times. */
  public UNet depth(int halvings) {
    return new UNet(height, width, channelsIn, channelsOut, filters, halvings, norm);
  }

  /** The same with another norm. */
  public UNet norm(Norm other) {
    return new UNet(height, width, channelsIn, channelsOut, filters, depth, other);
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
    Input image = Input.of("image", height, width, channelsIn);
    List<SymbolicTensor> sizes = new ArrayList<>();
    SymbolicTensor x = image;
    for (int i = 0; i < depth; i++) {
      sizes.add(x);
      x = down(named, i, x);
    }
    for (int i = depth - 1; i > 0; i--) {
      SymbolicTensor back = up(named, i, x, sizes.get(i));
      x = Concatenate.of().named(named.name("both" + i)).apply(back, sizes.get(i));
    }
    SymbolicTensor made = named.apply(named.up("image", channelsOut, KERNEL).activation(tanh()), x);
    return drew(Model.of(name, image, cropped(named, 0, made, image)));
  }

  private int width(int level) {
    return filters * (1 << Math.min(level, 3));
  }

  private SymbolicTensor down(NamedLayers named, int level, SymbolicTensor x) {
    Conv2D conv = named.conv("down" + level, width(level), KERNEL).stride(2).bias(norm.wantsBias());
    Norm behind = level == 0 || level == depth - 1 ? Norm.NONE : norm;
    return named.apply(conv, behind, leakyRelu(0.2), x);
  }

  private SymbolicTensor up(NamedLayers named, int level, SymbolicTensor x, SymbolicTensor like) {
    Conv2DTranspose conv = named.up("up" + level, width(level - 1), KERNEL).bias(norm.wantsBias());
    SymbolicTensor y = norm.apply(conv.name() + "_norm", named.apply(conv, x));
    int place = depth - 1 - level;
    if (place < Math.min(DROPPED, depth - 2)) {
      y = Dropout.rate(0.5).named(named.name("drop" + level)).apply(y);
    }
    return NamedLayers.active(cropped(named, level, y, like), relu());
  }

  /** Without the row and the column by which it is larger than another image. */
  private static SymbolicTensor cropped(
      NamedLayers named, int level, SymbolicTensor x, SymbolicTensor like) {
    int rows = (int) (x.shape().size(1) - like.shape().size(1));
    int columns = (int) (x.shape().size(2) - like.shape().size(2));
    return rows == 0 && columns == 0
        ? x
        : Cropping2D.of(0, rows, 0, columns).named(named.name("crop" + level)).apply(x);
  }
}
