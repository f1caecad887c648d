package dev.tandem.examples.bench.systems;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;

/** The nets of the tasks. */
public final class BenchNets {

  private static final Activation LEAKY = leakyRelu(0.2);

  private BenchNets() {}

  static Model classifier() {
    return Model.sequential(
        "classifier",
        Input.of("features", 784),
        Dense.units(512).activation(relu()),
        Dense.units(512).activation(relu()),
        Dense.units(10));
  }

  static Model ringGenerator() {
    return Model.sequential(
        "generator",
        Input.of("noise", 2),
        Dense.units(128).activation(relu()),
        Dense.units(128).activation(relu()),
        Dense.units(2));
  }

  static Model ringDiscriminator() {
    return Model.sequential(
        "discriminator",
        Input.of("point", 2),
        Dense.units(128).activation(LEAKY),
        Dense.units(128).activation(LEAKY),
        Dense.units(1));
  }

  /** Makes images of 28 x 28 x 1 from noise of 100. */
  public static Model generator28() {
    return Model.sequential(
        "generator",
        Input.of("noise", 100),
        Dense.units(7 * 7 * 128),
        Reshape.of(7, 7, 128),
        norm(),
        ActivationLayer.of(LEAKY),
        up(128),
        norm(),
        ActivationLayer.of(LEAKY),
        up(64),
        norm(),
        ActivationLayer.of(LEAKY),
        Conv2D.filters(1).kernel(7).padding(Padding.SAME).activation(tanh()));
  }

  /** Judges images of 28 x 28 x 1. */
  public static Model discriminator28() {
    return Model.sequential(
        "discriminator",
        Input.of("image", Shape.of(28, 28, 1)),
        down(64),
        down(128),
        Flatten.of(),
        Dense.units(1));
  }

  static Model generator32() {
    return Model.sequential(
        "generator",
        Input.of("noise", 128),
        Dense.units(4 * 4 * 256),
        Reshape.of(4, 4, 256),
        norm(),
        ActivationLayer.of(relu()),
        up(128),
        norm(),
        ActivationLayer.of(relu()),
        up(64),
        norm(),
        ActivationLayer.of(relu()),
        up(3).activation(tanh()));
  }

  static Model discriminator32() {
    return Model.sequential(
        "discriminator",
        Input.of("image", Shape.of(32, 32, 3)),
        down(64),
        down(128),
        down(256),
        Flatten.of(),
        Dense.units(1));
  }

  /** The generator of DCGAN (Radford et al., 2015, arXiv:1511.06434). */
  static Model generator64() {
    return Model.sequential(
        "generator",
        Input.of("noise", 100),
        Dense.units(4 * 4 * 1024),
        Reshape.of(4, 4, 1024),
        norm(),
        ActivationLayer.of(relu()),
        up(512),
        norm(),
        ActivationLayer.of(relu()),
        up(256),
        norm(),
        ActivationLayer.of(relu()),
        up(128),
        norm(),
        ActivationLayer.of(relu()),
        up(3).activation(tanh()));
  }

  static Model discriminator64() {
    return Model.sequential(
        "discriminator",
        Input.of("image", Shape.of(64, 64, 3)),
        down(64),
        down(128),
        down(256),
        down(512),
        Flatten.of(),
        Dense.units(1));
  }

  /** To twice the rows and columns. */
  private static Conv2DTranspose up(int filters) {
    return Conv2DTranspose.filters(filters).kernel(4).stride(2).padding(Padding.SAME);
  }

  /** To half the rows and columns. */
  private static Conv2D down(int filters) {
    return Conv2D.filters(filters).kernel(4).stride(2).padding(Padding.SAME).activation(LEAKY);
  }

  private static BatchNormalization norm() {
    return BatchNormalization.of().epsilon(1e-5).momentum(0.9);
  }
}
