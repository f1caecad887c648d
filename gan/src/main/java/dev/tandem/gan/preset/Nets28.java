package dev.tandem.gan.preset;

import static dev.tandem.core.layer.Activations.leakyRelu;
import static dev.tandem.core.layer.Activations.relu;
import static dev.tandem.core.layer.Activations.tanh;
import static dev.tandem.core.layer.Padding.SAME;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Initializer;
import dev.tandem.core.layer.Initializers;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerNormalization;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.gan.pair.ClassInputs;
import dev.tandem.gan.pair.Latent;
import java.util.List;
import java.util.function.Function;

/**
 * Nets after DCGAN (Radford et al., 2015, arXiv:1511.06434) for images (28, 28, channels) in [−1,
 * 1]: 7 × 7 × 128 by two transposed convolutions up, two convolutions of 64 and 128 filters down,
 * first weights normal with deviation 0.02.
 *
 * @param channels of the images
 */
public record Nets28(int channels) implements Nets {

  private static final int LATENT = 100;
  private static final Initializer FIRST = Initializers.normal(0.02);

  @Override
  public Latent latent() {
    return Latent.normal(LATENT);
  }

  @Override
  public Model generator() {
    return generator(name -> batchNorm().named(name));
  }

  @Override
  public Model plainGenerator() {
    return generator(name -> LayerNormalization.layer().named(name));
  }

  private Model generator(Function<String, Layer> norm) {
    Input noise = Input.of("noise", LATENT);
    return Model.of("generator", noise, grown(noise, norm));
  }

  @Override
  public Model classGenerator(int classes) {
    Input noise = Input.of("noise", LATENT);
    Input label = ClassInputs.label("label");
    SymbolicTensor both = ClassInputs.concatenate(noise, label, classes);
    SymbolicTensor image = grown(both, name -> batchNorm().named(name));
    return Model.of("generator", List.of(noise, label), List.of(image));
  }

  private SymbolicTensor grown(SymbolicTensor latent, Function<String, Layer> norm) {
    Dense first = Dense.units(7 * 7 * 128).bias(false).kernelInitializer(FIRST).named("g0");
    SymbolicTensor x = Reshape.to(7, 7, 128).apply(first.apply(latent));
    x = ActivationLayer.of(relu()).apply(norm.apply("g0_norm").apply(x));
    x = up(64).bias(false).named("g1").apply(x);
    x = ActivationLayer.of(relu()).apply(norm.apply("g1_norm").apply(x));
    return up(channels).activation(tanh()).named("g2").apply(x);
  }

  private static BatchNormalization batchNorm() {
    return BatchNormalization.layer().momentum(0.9).epsilon(1e-5);
  }

  @Override
  public Model discriminator(int packing) {
    return discriminator(packing, Wraps::none);
  }

  @Override
  public Model critic() {
    return discriminator(1, Wraps::none);
  }

  @Override
  public Model spectralDiscriminator() {
    return discriminator(1, Wraps::spectral);
  }

  private Model discriminator(int packing, Function<Layer, Layer> wrap) {
    Input image = Input.of("image", 28, 28, (long) channels * packing);
    SymbolicTensor features = features(image, wrap);
    Layer score = wrap.apply(Dense.units(1).kernelInitializer(FIRST).named("d_score"));
    return Model.of("discriminator", image, score.apply(features));
  }

  @Override
  public Model projectionDiscriminator(int classes) {
    Input image = Input.of("image", 28, 28, channels);
    Input label = ClassInputs.label("label");
    SymbolicTensor features = features(image, Wraps::spectral);
    SymbolicTensor dense = Wraps.spectral(Dense.units(128).named("d2")).apply(features);
    SymbolicTensor active = ActivationLayer.of(leakyRelu(0.2)).apply(dense);
    return Model.of(
        "discriminator",
        List.of(image, label),
        List.of(ClassInputs.projection(active, label, classes, "projection")));
  }

  @Override
  public Model auxiliaryDiscriminator(int classes) {
    Input image = Input.of("image", 28, 28, channels);
    SymbolicTensor features = features(image, Wraps::none);
    return Model.of(
        "discriminator",
        List.of(image),
        List.of(
            Dense.units(1).kernelInitializer(FIRST).named("d_score").apply(features),
            Dense.units(classes).kernelInitializer(FIRST).named("d_class").apply(features)));
  }

  private static SymbolicTensor features(SymbolicTensor image, Function<Layer, Layer> wrap) {
    SymbolicTensor x = wrap.apply(down(64).named("d0")).apply(image);
    return Flatten.layer().apply(wrap.apply(down(128).named("d1")).apply(x));
  }

  /** To twice the rows and columns. */
  private static Conv2DTranspose up(int filters) {
    return Conv2DTranspose.filters(filters)
        .kernel(4)
        .stride(2)
        .padding(SAME)
        .kernelInitializer(FIRST);
  }

  /** To half the rows and columns. */
  private static Conv2D down(int filters) {
    return Conv2D.filters(filters)
        .kernel(4)
        .stride(2)
        .padding(SAME)
        .kernelInitializer(FIRST)
        .activation(leakyRelu(0.2));
  }
}
