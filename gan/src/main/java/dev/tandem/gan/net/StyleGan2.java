package dev.tandem.gan.net;

import static dev.tandem.core.activation.Activations.leakyRelu;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Average;
import dev.tandem.core.layer.AveragePooling2D;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.LayerNormalization;
import dev.tandem.core.layer.MinibatchStandardDeviation;
import dev.tandem.core.layer.ModulatedConv2D;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.UpSampling2D;
import dev.tandem.core.model.Model;

/**
 * Small nets after StyleGAN2 (Karras et al., 2019, arXiv:1912.04958) for square images (size, size,
 * channels). A mapping net of dense layers makes a style of the latent; modulated convolutions make
 * an image of it, doubling from 4 to 7 pixels a side on, and at each size add to the image in its
 * own colors. The discriminator has residual blocks and, at its end, the standard deviation of the
 * minibatch.
 *
 * <p>Theirs begin with a learned constant, add noise to each layer, blur when they double and
 * halve, and scale each kernel while it is used in place of its first values; these begin with a
 * dense layer of the style, have no noise and no blur, and first values by He et al. Images are not
 * bounded.
 *
 * @param size rows and columns of the images, 4 to 7 times a power of two, at least 16
 * @param channels of the images
 * @param latent the size of latent and style; theirs is 512
 * @param filters of the layers next to the image, twice as many with each halving up to eight times
 * @param mapping the number of dense layers from latent to style; theirs is 8
 */
public record StyleGan2(int size, int channels, int latent, int filters, int mapping) {

  private static final Activation LEAKY = leakyRelu(0.2);
  private static final Initializer FIRST = Initializers.heNormal();

  /** Checks the sizes. */
  public StyleGan2 {
    Sizes.requireGrows(size);
    Sizes.positive("channels", channels);
    Sizes.positive("size of the latent", latent);
    Sizes.positive("number of filters", filters);
    Sizes.positive("number of mapping layers", mapping);
  }

  /** A latent and a style of 64, 32 filters, 4 mapping layers. */
  public static StyleGan2 sized(int size, int channels) {
    return new StyleGan2(size, channels, 64, 32, 4);
  }

  /** The same with another size of latent and style. */
  public StyleGan2 latent(int numbers) {
    return new StyleGan2(size, channels, numbers, filters, mapping);
  }

  /** The same with another number of filters next to the image. */
  public StyleGan2 filters(int count) {
    return new StyleGan2(size, channels, latent, count, mapping);
  }

  /** The same with another number of mapping layers. */
  public StyleGan2 mapping(int layers) {
    return new StyleGan2(size, channels, latent, filters, layers);
  }

  /**
   * A new generator.
   *
   * @return input "noise" (batch, latent), output (batch, size, size, channels)
   */
  public Model generator(String name) {
    NamedLayers named = NamedLayers.plain(name, FIRST);
    Input noise = Input.of("noise", latent);
    SymbolicTensor style = style(named, noise);
    int side = Sizes.bottom(size);
    int steps = Sizes.doublings(size);
    SymbolicTensor x = named.apply(named.dense("0", side * side * width(steps)), style);
    x = NamedLayers.active(Reshape.of(side, side, width(steps)).apply(x), LEAKY);
    x = styled(named, "conv0", width(steps), x, style);
    SymbolicTensor image = colors(named, "image0", x, style);
    for (int i = 1; i <= steps; i++) {
      x = UpSampling2D.size(2).apply(x);
      x = styled(named, "conv" + i + "_0", width(steps - i), x, style);
      x = styled(named, "conv" + i + "_1", width(steps - i), x, style);
      SymbolicTensor more = colors(named, "image" + i, x, style);
      image = Add.of().named(named.name("sum" + i)).apply(UpSampling2D.size(2).apply(image), more);
    }
    return new StyleGan2Part.Generator(size, channels, latent, filters, mapping)
        .drew(Model.of(name, noise, image));
  }

  private SymbolicTensor style(NamedLayers named, SymbolicTensor noise) {
    SymbolicTensor style =
        LayerNormalization.of()
            .scale(false)
            .center(false)
            .named(named.name("latent_norm"))
            .apply(noise);
    for (int i = 0; i < mapping; i++) {
      style = named.apply(named.dense("mapping" + i, latent).activation(LEAKY), style);
    }
    return style;
  }

  private static SymbolicTensor styled(
      NamedLayers named, String part, int filters, SymbolicTensor x, SymbolicTensor style) {
    ModulatedConv2D conv = ModulatedConv2D.filters(filters).named(named.name(part));
    return NamedLayers.active(conv.apply(x, style), LEAKY);
  }

  private SymbolicTensor colors(
      NamedLayers named, String part, SymbolicTensor x, SymbolicTensor style) {
    return ModulatedConv2D.filters(channels)
        .kernel(1)
        .demodulate(false)
        .kernelInitializer(Initializers.glorotUniform())
        .named(named.name(part))
        .apply(x, style);
  }

  /** The channels of images that are smaller by so many halvings. */
  private int width(int halvings) {
    return filters << Math.min(halvings, 3);
  }

  /**
   * A new discriminator.
   *
   * @return input "image" (batch, size, size, channels), output (batch, 1)
   */
  public Model discriminator(String name) {
    NamedLayers named = NamedLayers.plain(name, FIRST);
    Input image = Input.of("image", size, size, channels);
    int steps = Sizes.doublings(size);
    SymbolicTensor x = named.apply(named.conv("image", filters, 1).activation(LEAKY), image);
    for (int i = 1; i <= steps; i++) {
      x = block(named, "block" + i, width(i), x);
    }
    x = MinibatchStandardDeviation.of().named(named.name("deviation")).apply(x);
    x = named.apply(named.conv("last", width(steps), 3).activation(LEAKY), x);
    x = named.apply(named.dense("dense", width(steps)).activation(LEAKY), Flatten.of().apply(x));
    return new StyleGan2Part.Discriminator(size, channels, filters)
        .drew(Model.of(name, image, named.apply(named.dense("score", 1), x)));
  }

  /** Two convolutions and, beside them, one of 1 × 1; the mean of both, of half the size. */
  private static SymbolicTensor block(
      NamedLayers named, String part, int filters, SymbolicTensor x) {
    int inside = (int) x.shape().size(-1);
    SymbolicTensor y = named.apply(named.conv(part + "_0", inside, 3).activation(LEAKY), x);
    y = named.apply(named.conv(part + "_1", filters, 3).activation(LEAKY), y);
    SymbolicTensor beside = AveragePooling2D.window(2).apply(x);
    beside = named.apply(named.conv(part + "_beside", filters, 1).bias(false), beside);
    return Average.of().apply(AveragePooling2D.window(2).apply(y), beside);
  }
}
