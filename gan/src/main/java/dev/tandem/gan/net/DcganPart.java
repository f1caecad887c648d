package dev.tandem.gan.net;

import dev.tandem.core.model.Model;

/** The nets of {@link Dcgan}, each by itself. */
final class DcganPart {

  private DcganPart() {}

  /** {@link Dcgan#generator}. */
  record Generator(int size, int channels, int filters) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new Dcgan(size, channels, filters, Norm.NONE).generator().renamed(name));
    }
  }

  /** {@link Dcgan#plainGenerator}. */
  record PlainGenerator(int size, int channels, int filters) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new Dcgan(size, channels, filters, Norm.NONE).plainGenerator().renamed(name));
    }
  }

  /** {@link Dcgan#classGenerator}. */
  record ClassGenerator(int size, int channels, int filters, int classes) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(
          new Dcgan(size, channels, filters, Norm.NONE).classGenerator(classes).renamed(name));
    }
  }

  /** {@link Dcgan#discriminator}. */
  record Discriminator(int size, int channels, int filters, Norm norm, int packing)
      implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new Dcgan(size, channels, filters, norm).discriminator(packing).renamed(name));
    }
  }

  /** {@link Dcgan#critic}. */
  record Critic(int size, int channels, int filters) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new Dcgan(size, channels, filters, Norm.NONE).critic().renamed(name));
    }
  }

  /** {@link Dcgan#spectralDiscriminator}. */
  record SpectralDiscriminator(int size, int channels, int filters) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(
          new Dcgan(size, channels, filters, Norm.NONE).spectralDiscriminator().renamed(name));
    }
  }

  /** {@link Dcgan#projectionDiscriminator}. */
  record ProjectionDiscriminator(int size, int channels, int filters, int classes)
      implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(
          new Dcgan(size, channels, filters, Norm.NONE)
              .projectionDiscriminator(classes)
              .renamed(name));
    }
  }

  /** {@link Dcgan#auxiliaryDiscriminator}. */
  record AuxiliaryDiscriminator(int size, int channels, int filters, int classes)
      implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(
          new Dcgan(size, channels, filters, Norm.NONE)
              .auxiliaryDiscriminator(classes)
              .renamed(name));
    }
  }
}
