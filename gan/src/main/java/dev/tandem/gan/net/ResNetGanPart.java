package dev.tandem.gan.net;

import dev.tandem.core.model.Model;

/** The nets of {@link ResNetGan}, each by itself. */
final class ResNetGanPart {

  private ResNetGanPart() {}

  /** {@link ResNetGan#generator}. */
  record Generator(int size, int channels, int latent, int filters, int classes, boolean attention)
      implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(
          new ResNetGan(size, channels, latent, filters, classes, attention).generator(name));
    }
  }

  /** {@link ResNetGan#discriminator}. */
  record Discriminator(int size, int channels, int filters, int classes, boolean attention)
      implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(
          new ResNetGan(size, channels, 1, filters, classes, attention).discriminator(name));
    }
  }
}
