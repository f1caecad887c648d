package dev.tandem.gan.net;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.ConditionalBatchNormalization;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.SelfAttention;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.model.Model;
import java.util.List;

/**
 * The residual nets of SNGAN (Miyato et al., 2018, arXiv:1802.05957, tables 3 to 6) for square
 * images (size, size, channels) in [−1, 1], and those of SAGAN (Zhang et al., 2018,
 * arXiv:1805.08318), which have spectral norm in the generator too and self-attention where images
 * are half of their size. {@link ResidualBlock}s of batch norm make the image, blocks of spectral
 * norm judge it.
 *
 * <p>Up to 32 × 32 the generator's blocks have four times {@code filters} channels, and the
 * discriminator's, two that halve and two that do not, twice {@code filters}. Above, widths halve
 * with each doubling, from sixteen times {@code filters} at most.
 *
 * <p>With classes the generator has conditional batch norm and the discriminator a projection
 * (Miyato, Koyama, 2018, arXiv:1802.05637).
 *
 * @param size rows and columns of the images, 4 to 7 times a power of two, at least 16
 * @param channels of the images
 * @param latent the size of the latent
 * @param filters theirs are 64
 * @param classes the number of classes, or 0
 * @param attention whether they are SAGAN's
 */
public record ResNetGan(
    int size, int channels, int latent, int filters, int classes, boolean attention) {

  private static final int LATENT = 128;
  private static final int FILTERS = 64;
  private static final int SMALL = 32;
  private static final int WIDEST = 16;

  /** Checks the sizes. */
  public ResNetGan {
    Sizes.requireGrows(size);
    Sizes.positive("channels", channels);
    Sizes.positive("size of the latent", latent);
    Sizes.positive("number of filters", filters);
    if (classes < 0 || classes == 1) {
      throw new IllegalArgumentException("number of classes is neither 0 nor above 1: " + classes);
    }
  }

  /** SNGAN's, from a latent of 128, without classes. */
  public static ResNetGan sngan(int size, int channels) {
    return new ResNetGan(size, channels, LATENT, FILTERS, 0, false);
  }

  /** SAGAN's, from a latent of 128, without classes. */
  public static ResNetGan sagan(int size, int channels) {
    return new ResNetGan(size, channels, LATENT, FILTERS, 0, true);
  }

  /** The same with another size of the latent. */
  public ResNetGan latent(int numbers) {
    return new ResNetGan(size, channels, numbers, filters, classes, attention);
  }

  /** The same with layers of another width. */
  public ResNetGan filters(int count) {
    return new ResNetGan(size, channels, latent, count, classes, attention);
  }

  /** The same, both nets told one of so many classes. */
  public ResNetGan classes(int count) {
    return new ResNetGan(size, channels, latent, filters, count, attention);
  }

  /**
   * A new generator.
   *
   * @return inputs "noise" (batch, latent) and, with classes, "label", int32 (batch); output
   *     (batch, size, size, channels)
   */
  public Model generator(String name) {
    NamedLayers named = named(name, attention);
    Input noise = Input.of("noise", latent);
    Input label = ClassInputs.label("label");
    Normalizer norm = classes == 0 ? Norm.BATCH : (layer, x) -> byClass(layer, x, label);
    int side = Sizes.bottom(size);
    int steps = Sizes.doublings(size);
    SymbolicTensor x = named.apply(named.dense("0", side * side * made(steps)), noise);
    x = Reshape.of(side, side, made(steps)).apply(x);
    for (int i = steps - 1; i >= 0; i--) {
      ResidualBlock block = ResidualBlock.up(made(i)).normalized(norm).spectral(attention);
      x = attending(named, block.apply(named.name("block" + (steps - i)), x));
    }
    x = NamedLayers.active(Norm.BATCH.apply(named.name("norm"), x), relu());
    SymbolicTensor image = named.apply(named.conv("image", channels, 3).activation(tanh()), x);
    return new ResNetGanPart.Generator(size, channels, latent, filters, classes, attention)
        .drew(Model.of(name, inputs(noise, label), List.of(image)));
  }

  private SymbolicTensor byClass(String layer, SymbolicTensor x, Input label) {
    return ConditionalBatchNormalization.classes(classes)
        .momentum(0.9)
        .epsilon(1e-5)
        .named(layer)
        .apply(x, label);
  }

  /** The channels of the generator's images that are to be doubled so often. */
  private int made(int doublings) {
    return size <= SMALL ? 4 * filters : filters * Math.min(WIDEST, 1 << doublings);
  }

  /**
   * A new discriminator.
   *
   * @return inputs "image" (batch, size, size, channels) and, with classes, "label", int32 (batch);
   *     output (batch, 1)
   */
  public Model discriminator(String name) {
    NamedLayers named = named(name, true);
    Input image = Input.of("image", size, size, channels);
    Input label = ClassInputs.label("label");
    SymbolicTensor x = image;
    int halvings = size <= SMALL ? 2 : halvings();
    for (int i = 0; i < halvings; i++) {
      ResidualBlock block = ResidualBlock.down(judged(i)).spectral(true);
      x = (i == 0 ? block.onImage() : block).apply(named.name("block" + i), x);
      x = attending(named, x);
    }
    for (int i = halvings; i < (size <= SMALL ? halvings + 2 : halvings + 1); i++) {
      x = ResidualBlock.flat(judged(i)).spectral(true).apply(named.name("block" + i), x);
    }
    SymbolicTensor features = Tensors.sum(NamedLayers.active(x, relu()), 1, 2);
    SymbolicTensor score =
        classes == 0
            ? named.apply(named.dense("score", 1), features)
            : ClassInputs.projection(features, label, classes, name, named.wrap());
    return new ResNetGanPart.Discriminator(size, channels, filters, classes, attention)
        .drew(Model.of(name, inputs(image, label), List.of(score)));
  }

  /** To four pixels a side or fewer. */
  private int halvings() {
    int count = 0;
    while (size >> count > 4) {
      count++;
    }
    return count;
  }

  private int judged(int block) {
    return size <= SMALL ? 2 * filters : filters * Math.min(WIDEST, 1 << block);
  }

  private SymbolicTensor attending(NamedLayers named, SymbolicTensor x) {
    return attention && x.shape().size(1) == size / 2
        ? named.apply(SelfAttention.of().named(named.name("attention")), x)
        : x;
  }

  private List<Input> inputs(Input first, Input label) {
    return classes == 0 ? List.of(first) : List.of(first, label);
  }

  private static NamedLayers named(String name, boolean spectral) {
    return spectral
        ? NamedLayers.spectral(name, Initializers.glorotUniform())
        : NamedLayers.plain(name, Initializers.glorotUniform());
  }
}
