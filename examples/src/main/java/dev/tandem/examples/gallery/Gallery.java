package dev.tandem.examples.gallery;

import com.google.common.collect.ImmutableList;

/** The examples there are. */
final class Gallery {

  private static final ImmutableList<Exhibit> ALL =
      ImmutableList.of(
          new Exhibit("dcgan", "convolutions and batch norm", 1000, DcganExample::run),
          new Exhibit("wgan-gp", "a critic held by a gradient penalty", 600, WganGpExample::run),
          new Exhibit("sngan", "spectral norm and the hinge loss", 700, SnganExample::run),
          new Exhibit("r3gan", "relativistic pairs, R1 and R2", 450, R3ganExample::run),
          new Exhibit("acgan", "a discriminator that tells classes", 1000, AcganExample::run),
          new Exhibit("infogan", "codes that are found without labels", 800, InfoganExample::run),
          new Exhibit("projection", "classes by projection", 700, ProjectionExample::run),
          new Exhibit("pacgan", "25 modes, two samples at once", 5000, PacganExample::run),
          new Exhibit("ada", "digits from 500 of them", 600, AdaExample::run),
          new Exhibit("pix2pix", "edges to digits", 400, Pix2PixExample::run),
          new Exhibit(
              "cyclegan", "digits inverted and turned, and back", 1200, CycleGanExample::run));

  private Gallery() {}

  static ImmutableList<Exhibit> all() {
    return ALL;
  }

  /**
   * The example of a name.
   *
   * @throws IllegalArgumentException if there is none; names those there are
   */
  static Exhibit named(String name) {
    return ALL.stream()
        .filter(exhibit -> exhibit.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no example \"" + name + "\"; there are " + ALL));
  }
}
