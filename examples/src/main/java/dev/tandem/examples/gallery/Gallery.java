package dev.tandem.examples.gallery;

import com.google.common.collect.ImmutableList;

/** The examples there are. */
final class Gallery {

  private static final ImmutableList<Exhibit> ALL =
      ImmutableList.of(
          new Exhibit("pix2pix", "edges to digits", 1000, Pix2PixExample::run),
          new Exhibit(
              "cyclegan", "digits inverted and turned, and back", 2000, CycleGanExample::run));

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
