package dev.tandem.examples.gallery;

import dev.tandem.gan.train.AdversarialCallback;
import java.awt.image.BufferedImage;

/** Something that is trained and looked at. */
@FunctionalInterface
interface Example {

  /**
   * Trains and draws.
   *
   * @param steps rounds of training
   * @param log what is told of each round
   */
  BufferedImage run(int steps, AdversarialCallback log);
}
