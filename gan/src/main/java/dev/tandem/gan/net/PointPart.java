package dev.tandem.gan.net;

import dev.tandem.core.model.Model;

/** The nets of {@link PointNets}, each by itself. */
final class PointPart {

  private PointPart() {}

  /** {@link PointNets#generator}. */
  record Generator(int size) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new PointNets(size).generator().renamed(name));
    }
  }

  /** {@link PointNets#plainGenerator}. */
  record PlainGenerator(int size) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new PointNets(size).plainGenerator().renamed(name));
    }
  }

  /** {@link PointNets#classGenerator}. */
  record ClassGenerator(int size, int classes) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new PointNets(size).classGenerator(classes).renamed(name));
    }
  }

  /** {@link PointNets#discriminator}. */
  record Discriminator(int size, int packing) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new PointNets(size).discriminator(packing).renamed(name));
    }
  }

  /** {@link PointNets#critic}. */
  record Critic(int size) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new PointNets(size).critic().renamed(name));
    }
  }

  /** {@link PointNets#spectralDiscriminator}. */
  record SpectralDiscriminator(int size) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new PointNets(size).spectralDiscriminator().renamed(name));
    }
  }

  /** {@link PointNets#projectionDiscriminator}. */
  record ProjectionDiscriminator(int size, int classes) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new PointNets(size).projectionDiscriminator(classes).renamed(name));
    }
  }

  /** {@link PointNets#auxiliaryDiscriminator}. */
  record AuxiliaryDiscriminator(int size, int classes) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(new PointNets(size).auxiliaryDiscriminator(classes).renamed(name));
    }
  }
}
