package dev.tandem.gan.net;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializer;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Maximum;
import dev.tandem.core.model.Model;
import dev.tandem.gan.latent.Latent;
import java.util.List;
import java.util.function.Function;

/**
 * Dense nets for points (n). {@link #generator} and {@link #discriminator} are PacGAN's for its
 * rings and grids (Lin et al., 2018, arXiv:1712.04086): four layers of 400 with batch norm from a
 * normal latent of 2, against three maxout layers of 200 with five pieces. The others are three
 * layers of 128; the plain generator's latent has eight signs beside two normal numbers.
 *
 * @param size of a point, at least 1
 */
public record PointNets(int size) implements Nets {

  private static final int LATENT = 2;
  private static final int SIGNS = 8;
  private static final int WIDTH = 128;
  private static final int LAYERS = 3;
  private static final Initializer FIRST = Initializers.normal(0.02);

  /** Checks the size. */
  public PointNets {
    Sizes.positive("size of a point", size);
  }

  @Override
  public Latent latent() {
    return Latent.normal(LATENT);
  }

  /** 256 parts: more than there are modes, so that none has to be torn. */
  @Override
  public Latent plainLatent() {
    return Latent.normalAndSigns(LATENT, SIGNS);
  }

  @Override
  public Model generator() {
    Input noise = Input.of("noise", LATENT);
    SymbolicTensor x = noise;
    for (int i = 0; i < 4; i++) {
      x = Dense.units(400).bias(false).kernelInitializer(FIRST).named("g" + i).apply(x);
      x = BatchNormalization.of().momentum(0.9).named("g" + i + "_norm").apply(x);
      x = ActivationLayer.of(relu()).apply(x);
    }
    Dense last = Dense.units(size).kernelInitializer(FIRST).named("g_point");
    return new PointPart.Generator(size).drew(Model.of("generator", noise, last.apply(x)));
  }

  @Override
  public Model discriminator(int packing) {
    Input point = Input.of("point", (long) size * packing);
    SymbolicTensor x = point;
    for (int i = 0; i < 3; i++) {
      x = maxout(x, "d" + i, 200, 5);
    }
    Dense score = Dense.units(1).kernelInitializer(FIRST).named("d_score");
    return new PointPart.Discriminator(size, packing)
        .drew(Model.of("discriminator", point, score.apply(x)));
  }

  /** The largest of several dense layers (Goodfellow et al., 2013, arXiv:1302.4389). */
  private static SymbolicTensor maxout(SymbolicTensor x, String name, int units, int pieces) {
    SymbolicTensor[] all = new SymbolicTensor[pieces];
    for (int i = 0; i < pieces; i++) {
      all[i] = Dense.units(units).kernelInitializer(FIRST).named(name + "_" + i).apply(x);
    }
    return Maximum.of().apply(all);
  }

  @Override
  public Model plainGenerator() {
    Input noise = Input.of("noise", LATENT + SIGNS);
    SymbolicTensor x = hidden(noise, "g", Wraps::none);
    return new PointPart.PlainGenerator(size)
        .drew(Model.of("generator", noise, Dense.units(size).named("g_point").apply(x)));
  }

  @Override
  public Model critic() {
    return new PointPart.Critic(size).drew(judging(Wraps::none));
  }

  @Override
  public Model spectralDiscriminator() {
    return new PointPart.SpectralDiscriminator(size).drew(judging(Wraps::spectral));
  }

  private Model judging(Function<Layer, Layer> wrap) {
    Input point = Input.of("point", size);
    Layer score = wrap.apply(Dense.units(1).named("d_score"));
    return Model.of("discriminator", point, score.apply(hidden(point, "d", wrap)));
  }

  @Override
  public Model classGenerator(int classes) {
    Input noise = Input.of("noise", LATENT);
    Input label = ClassInputs.label("label");
    SymbolicTensor both = ClassInputs.concatenate(noise, label, classes);
    Dense last = Dense.units(size).named("g_point");
    SymbolicTensor made = last.apply(hidden(both, "g", Wraps::none));
    return new PointPart.ClassGenerator(size, classes)
        .drew(Model.of("generator", List.of(noise, label), List.of(made)));
  }

  @Override
  public Model projectionDiscriminator(int classes) {
    Input point = Input.of("point", size);
    Input label = ClassInputs.label("label");
    SymbolicTensor x = hidden(point, "d", Wraps::spectral);
    SymbolicTensor score = ClassInputs.projection(x, label, classes, "projection", Wraps::spectral);
    return new PointPart.ProjectionDiscriminator(size, classes)
        .drew(Model.of("discriminator", List.of(point, label), List.of(score)));
  }

  @Override
  public Model auxiliaryDiscriminator(int classes) {
    Input point = Input.of("point", size);
    SymbolicTensor x = hidden(point, "d", Wraps::none);
    SymbolicTensor score = Dense.units(1).named("d_score").apply(x);
    SymbolicTensor logits = Dense.units(classes).named("d_class").apply(x);
    return new PointPart.AuxiliaryDiscriminator(size, classes)
        .drew(Model.of("discriminator", List.of(point), List.of(score, logits)));
  }

  private static SymbolicTensor hidden(
      SymbolicTensor input, String name, Function<Layer, Layer> wrap) {
    SymbolicTensor x = input;
    for (int i = 0; i < LAYERS; i++) {
      Dense layer = Dense.units(WIDTH).activation(leakyRelu(0.2)).named(name + i);
      x = wrap.apply(layer).apply(x);
    }
    return x;
  }
}
