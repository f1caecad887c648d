package dev.tandem.examples.mnist;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static dev.tandem.core.layer.Padding.SAME;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;

/**
 * Three models over two nets.
 *
 * @param generator from noise (batch, 64) to images (batch, 28, 28, 1) in [-1, 1]
 * @param discriminator from images to logits (batch, 1): above 0 is real
 * @param gan from noise to logits: generator and discriminator, the very same ones
 */
record Dcgan(Model generator, Model discriminator, Model gan) {

  /** The size of the noise. */
  static final int LATENT = 64;

  /**
   * Draws the nets and their first values.
   *
   * @param width channels of the widest layer
   * @param seed of the first values
   */
  static Dcgan create(int width, long seed) {
    Input noise = Input.of("noise", LATENT);
    Model generator =
        Model.sequential(
            "generator",
            noise,
            Dense.units(7 * 7 * width),
            Reshape.of(7, 7, width),
            norm(),
            ActivationLayer.of(relu()),
            Conv2DTranspose.filters(width / 2).kernel(4).stride(2).padding(SAME),
            norm(),
            ActivationLayer.of(relu()),
            Conv2DTranspose.filters(1).kernel(4).stride(2).padding(SAME).activation(tanh()));

    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("image", 28, 28, 1),
            Conv2D.filters(width / 2).kernel(4).stride(2).padding(SAME),
            ActivationLayer.of(leakyRelu(0.2)),
            Conv2D.filters(width).kernel(4).stride(2).padding(SAME),
            norm(),
            ActivationLayer.of(leakyRelu(0.2)),
            Flatten.of(),
            Dense.units(1));

    Model gan = Model.sequential("gan", noise, generator, discriminator).initialize(seed);
    return new Dcgan(generator, discriminator, gan);
  }

  /** Moving statistics over about ten steps, as the nets change fast. */
  private static BatchNormalization norm() {
    return BatchNormalization.of().momentum(0.9);
  }
}
