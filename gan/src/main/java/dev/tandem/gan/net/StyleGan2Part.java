package dev.tandem.gan.net;

import dev.tandem.core.model.Model;

/** The nets of {@link StyleGan2}, each by itself. */
final class StyleGan2Part {

  private StyleGan2Part() {}

  /** {@link StyleGan2#generator}. */
  record Generator(int size, int channels, int latent, int filters, int mapping)
      implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new StyleGan2(size, channels, latent, filters, mapping).generator(name));
    }
  }

  /** {@link StyleGan2#discriminator}. */
  record Discriminator(int size, int channels, int filters) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new StyleGan2(size, channels, 1, filters, 1).discriminator(name));
    }
  }
}
