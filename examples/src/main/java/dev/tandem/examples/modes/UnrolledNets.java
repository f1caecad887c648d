package dev.tandem.examples.modes;

import static dev.tandem.core.activation.Activations.leakyRelu;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static dev.tandem.core.layer.Padding.SAME;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Cropping2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTraining;

/**
 * The nets of Unrolled GAN (Metz et al., 2016, arXiv:1611.02163) for stacked MNIST, with the
 * smaller of its discriminators: 256 numbers to 4 × 4 × 64, 7 × 7 × 32, 14 × 14 × 16, 28 × 28 × 8
 * and three channels, against 2, 4 and 8 filters down; kernels of 3 × 3.
 */
final class UnrolledNets {

  private static final int LATENT = 256;
  private static final int CHANNELS = 3;
  private static final int BATCH = 128;

  private UnrolledNets() {}

  /** The recipe, unrolled by no step, with packing (PacGAN, Lin et al., 2018, arXiv:1712.04086). */
  static AdversarialTraining recipe(int packing) {
    AdversarialPair pair =
        AdversarialPair.packed(generator(), discriminator(packing), Latent.normal(LATENT), packing);
    return AdversarialTraining.of(pair, Objective.of(AdversarialLosses.nonSaturating()))
        .initializing()
        .optimizers(Optimizers.of(adam(1e-4), adam(2e-4)))
        .batch(BATCH);
  }

  private static Adam adam(double rate) {
    return Adam.rate(rate).beta1(0.5).beta2(0.99);
  }

  private static Model generator() {
    Input noise = Input.of("noise", LATENT);
    SymbolicTensor x = Dense.units(4 * 4 * 64).bias(false).named("g0").apply(noise);
    x = normed(Reshape.of(4, 4, 64).apply(x), "g0");
    x = up(x, 32, "g1");
    // Of 8 x 8 the 7 x 7 that a convolution of stride 2 brings to 4 x 4.
    x = normed(Cropping2D.of(1, 0, 1, 0).apply(x), "g1");
    x = normed(up(x, 16, "g2"), "g2");
    x = normed(up(x, 8, "g3"), "g3");
    Conv2D last = Conv2D.filters(CHANNELS).kernel(3).padding(SAME).activation(tanh()).named("g4");
    return Model.of("generator", noise, last.apply(x));
  }

  private static SymbolicTensor up(SymbolicTensor x, int filters, String name) {
    return Conv2DTranspose.filters(filters)
        .kernel(3)
        .stride(2)
        .padding(SAME)
        .bias(false)
        .named(name)
        .apply(x);
  }

  private static SymbolicTensor normed(SymbolicTensor x, String name) {
    return ActivationLayer.of(relu()).apply(norm(name).apply(x));
  }

  private static Model discriminator(int packing) {
    Input image = Input.of("image", 28, 28, (long) CHANNELS * packing);
    SymbolicTensor x = image;
    for (int i = 0; i < 3; i++) {
      Conv2D down = Conv2D.filters(2 << i).kernel(3).stride(2).padding(SAME).bias(false);
      x = norm("d" + i).apply(down.named("d" + i).apply(x));
      x = ActivationLayer.of(leakyRelu(0.3)).apply(x);
    }
    Dense score = Dense.units(1).named("d_score");
    return Model.of("discriminator", image, score.apply(Flatten.of().apply(x)));
  }

  private static BatchNormalization norm(String name) {
    return BatchNormalization.of().momentum(0.9).named(name + "_norm");
  }
}
