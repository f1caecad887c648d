package dev.tandem.gan.net;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.gan.latent.Latent;
import java.util.List;
import java.util.Objects;

/**
 * Nets after DCGAN (Radford et al., 2015, arXiv:1511.06434) for square images (size, size,
 * channels) in [−1, 1]. The generator makes an image of 4 to 7 pixels a side and doubles it by
 * transposed convolutions of 4 × 4, the discriminator halves it by convolutions of 4 × 4: 28 = 7 ·
 * 2², 32 = 4 · 2³, 64 = 4 · 2⁴. Widths double with each halving, from {@code filters} on; first
 * weights normal with deviation 0.02.
 *
 * @param size rows and columns of the images
 * @param channels of the images
 * @param filters of the layers next to the image; theirs are 128, or 64 in the usual programs
 * @param norm behind the kernels of {@link #discriminator}, but not the first and the last; theirs
 *     is {@link Norm#BATCH}
 */
public record Dcgan(int size, int channels, int filters, Norm norm) implements Nets {

  private static final int LATENT = 100;
  private static final int KERNEL = 4;
  private static final Initializer FIRST = Initializers.normal(0.02);

  /** Checks the sizes. */
  public Dcgan {
    Sizes.requireGrows(size);
    Sizes.positive("channels", channels);
    Sizes.positive("number of filters", filters);
    Objects.requireNonNull(norm, "norm");
  }

  /**
   * 64 filters, no norm in the discriminator.
   *
   * @param size 4 to 7 times a power of two, at least 16: 28, 32, 48, 64 …
   * @throws IllegalArgumentException if it is not
   */
  public static Dcgan sized(int size, int channels) {
    return new Dcgan(size, channels, 64, Norm.NONE);
  }

  /** The same with another number of filters next to the image. */
  public Dcgan filters(int count) {
    return new Dcgan(size, channels, count, norm);
  }

  /** The same with another norm in {@link #discriminator}. */
  public Dcgan norm(Norm other) {
    return new Dcgan(size, channels, filters, other);
  }

  @Override
  public Latent latent() {
    return Latent.normal(LATENT);
  }

  @Override
  public Model generator() {
    return new DcganPart.Generator(size, channels, filters).drew(generator(Norm.BATCH));
  }

  @Override
  public Model plainGenerator() {
    return new DcganPart.PlainGenerator(size, channels, filters).drew(generator(Norm.LAYER));
  }

  private Model generator(Norm between) {
    Input noise = Input.of("noise", LATENT);
    return Model.of("generator", noise, grown(noise, between));
  }

  @Override
  public Model classGenerator(int classes) {
    Input noise = Input.of("noise", LATENT);
    Input label = ClassInputs.label("label");
    SymbolicTensor both = ClassInputs.concatenate(noise, label, classes);
    return new DcganPart.ClassGenerator(size, channels, filters, classes)
        .drew(Model.of("generator", List.of(noise, label), List.of(grown(both, Norm.BATCH))));
  }

  private SymbolicTensor grown(SymbolicTensor latent, Norm between) {
    NamedLayers named = NamedLayers.plain("g", FIRST);
    int side = Sizes.bottom(size);
    int steps = Sizes.doublings(size);
    int widest = filters << (steps - 1);
    SymbolicTensor x = named.apply(named.dense("0", side * side * widest).bias(false), latent);
    x = Reshape.of(side, side, widest).apply(x);
    x = NamedLayers.active(between.apply(named.name("0_norm"), x), relu());
    for (int i = 1; i < steps; i++) {
      Layer up = named.up("" + i, widest >> i, KERNEL).bias(false);
      x = named.apply(up, between, relu(), x);
    }
    return named.apply(named.up("" + steps, channels, KERNEL).activation(tanh()), x);
  }

  @Override
  public Model discriminator(int packing) {
    return new DcganPart.Discriminator(size, channels, filters, norm, packing)
        .drew(discriminator(packing, NamedLayers.plain("d", FIRST), norm));
  }

  @Override
  public Model critic() {
    return new DcganPart.Critic(size, channels, filters)
        .drew(discriminator(1, NamedLayers.plain("d", FIRST), Norm.NONE));
  }

  @Override
  public Model spectralDiscriminator() {
    return new DcganPart.SpectralDiscriminator(size, channels, filters)
        .drew(discriminator(1, NamedLayers.spectral("d", FIRST), Norm.NONE));
  }

  private Model discriminator(int packing, NamedLayers named, Norm between) {
    Input image = Input.of("image", size, size, (long) channels * packing);
    SymbolicTensor features = features(image, named, between);
    return Model.of("discriminator", image, named.apply(named.dense("score", 1), features));
  }

  @Override
  public Model projectionDiscriminator(int classes) {
    NamedLayers named = NamedLayers.spectral("d", FIRST);
    Input image = Input.of("image", size, size, channels);
    Input label = ClassInputs.label("label");
    Layer dense = named.dense("dense", 2 * filters).kernelInitializer(Initializers.glorotUniform());
    SymbolicTensor features = named.apply(dense, features(image, named, Norm.NONE));
    SymbolicTensor active = NamedLayers.active(features, leakyRelu(0.2));
    SymbolicTensor score =
        ClassInputs.projection(active, label, classes, "projection", named.wrap());
    return new DcganPart.ProjectionDiscriminator(size, channels, filters, classes)
        .drew(Model.of("discriminator", List.of(image, label), List.of(score)));
  }

  @Override
  public Model auxiliaryDiscriminator(int classes) {
    NamedLayers named = NamedLayers.plain("d", FIRST);
    Input image = Input.of("image", size, size, channels);
    SymbolicTensor features = features(image, named, Norm.NONE);
    SymbolicTensor score = named.apply(named.dense("score", 1), features);
    SymbolicTensor logits = named.apply(named.dense("class", classes), features);
    return new DcganPart.AuxiliaryDiscriminator(size, channels, filters, classes)
        .drew(Model.of("discriminator", List.of(image), List.of(score, logits)));
  }

  private SymbolicTensor features(SymbolicTensor image, NamedLayers named, Norm between) {
    SymbolicTensor x = image;
    for (int i = 0; i < Sizes.doublings(size); i++) {
      Norm behind = i == 0 ? Norm.NONE : between;
      Layer down = named.conv("" + i, filters << i, KERNEL).stride(2).bias(behind.wantsBias());
      x = named.apply(down, behind, leakyRelu(0.2), x);
    }
    return Flatten.of().apply(x);
  }
}
