package dev.tandem.gan.preset;

import static dev.tandem.core.activation.Activations.leakyRelu;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.net.PatchGan;
import dev.tandem.gan.net.ResNetGenerator;
import dev.tandem.gan.net.UNet;

/**
 * The nets of the presets that translate samples to samples of the same shape: for images (height,
 * width, channels) small ones of {@code net}, for points (n) three dense layers of 64. Each call
 * builds a new one.
 *
 * @param sample the shape of a sample
 */
record TranslationNets(Shape sample) {

  private static final int WIDTH = 64;

  /** Checks that there are nets for samples like these. */
  TranslationNets {
    if (sample.rank() != 1 && sample.rank() != 3) {
      throw new IllegalArgumentException(
          "presets that translate have nets for images (height, width, channels) and points (n),"
              + " not for "
              + sample);
    }
  }

  private boolean areOfPoints() {
    return sample.rank() == 1;
  }

  private int size(int axis) {
    return (int) sample.size(axis);
  }

  /** Pix2Pix's, with 32 filters. */
  Model unet(String name) {
    return areOfPoints()
        ? dense(name, 1, size(0))
        : UNet.sized(size(0), size(1), size(2), size(2)).filters(32).build(name);
  }

  /** CycleGAN's, with 16 filters and 4 blocks. */
  Model resnet(String name) {
    return areOfPoints()
        ? dense(name, 1, size(0))
        : ResNetGenerator.sized(size(0), size(1), size(2), size(2))
            .filters(16)
            .blocks(4)
            .build(name);
  }

  /** A discriminator of patches of 34 × 34 pixels, or 16 × 16 of small images, with 32 filters. */
  Model patches(String name, int samples) {
    if (areOfPoints()) {
      return dense(name, samples, 1);
    }
    PatchGan net = PatchGan.sized(size(0), size(1), size(2) * samples).filters(32);
    return net.layers(Math.min(2, net.layers())).build(name);
  }

  private Model dense(String name, int samples, int outputs) {
    return Model.sequential(
        name,
        Input.of("point", (long) samples * size(0)),
        Dense.units(WIDTH).activation(leakyRelu(0.2)).named(name + "_0"),
        Dense.units(WIDTH).activation(leakyRelu(0.2)).named(name + "_1"),
        Dense.units(outputs).named(name + "_2"));
  }
}
