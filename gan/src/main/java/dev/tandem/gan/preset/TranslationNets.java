package dev.tandem.gan.preset;

import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.net.PatchGan;
import dev.tandem.gan.net.PointTranslator;
import dev.tandem.gan.net.ResNetGenerator;
import dev.tandem.gan.net.UNet;
import java.util.OptionalInt;

/**
 * The nets of the presets that translate samples to samples of the same shape: for images (height,
 * width, channels) small ones of {@code net}, for points (n) three dense layers of 64. Each call
 * builds a new one.
 *
 * @param sample the shape of a sample
 * @param filters of all nets next to the image, if not their own
 */
record TranslationNets(Shape sample, OptionalInt filters) {

  /** Checks that there are nets for samples like these. */
  TranslationNets {
    if (sample.rank() != 1 && sample.rank() != 3) {
      throw new IllegalArgumentException(
          "presets that translate have nets for images (height, width, channels) and points (n),"
              + " not for "
              + sample);
    }
    if (sample.rank() == 1 && filters.isPresent()) {
      throw PresetRequest.noFilters("nets for points");
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
        : UNet.sized(size(0), size(1), size(2), size(2)).filters(filters.orElse(32)).build(name);
  }

  /** CycleGAN's, with 16 filters and 4 blocks. */
  Model resnet(String name) {
    return areOfPoints()
        ? dense(name, 1, size(0))
        : ResNetGenerator.sized(size(0), size(1), size(2), size(2))
            .filters(filters.orElse(16))
            .blocks(4)
            .build(name);
  }

  /** A discriminator of patches of 34 × 34 pixels, or 16 × 16 of small images, with 32 filters. */
  Model patches(String name, int samples) {
    if (areOfPoints()) {
      return dense(name, samples, 1);
    }
    PatchGan net = PatchGan.sized(size(0), size(1), size(2) * samples).filters(filters.orElse(32));
    return net.layers(Math.min(2, net.layers())).build(name);
  }

  private Model dense(String name, int samples, int outputs) {
    return new PointTranslator(samples * size(0), outputs).build(name);
  }
}
