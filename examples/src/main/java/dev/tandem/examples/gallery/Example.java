package dev.tandem.examples.gallery;

import java.awt.image.BufferedImage;

/** Something that is trained and looked at. */
@FunctionalInterface
interface Example {

  /** Trains and draws. */
  BufferedImage run(Showing showing);
}
