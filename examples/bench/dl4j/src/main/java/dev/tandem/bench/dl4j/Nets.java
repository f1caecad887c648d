package dev.tandem.bench.dl4j;

import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/** The nets of the tasks. */
enum Nets {
  /** Dense layers for points. */
  RING {
    @Override
    Chain generator() {
      return new Chain().dense(2, 128, relu()).dense(128, 128, relu()).dense(128, 2);
    }

    @Override
    Chain discriminator() {
      return new Chain().dense(2, 128, leaky()).dense(128, 128, leaky()).dense(128, 1);
    }
  },

  /** Convolutions for 28 x 28 x 1. */
  IMAGES28 {
    @Override
    Chain generator() {
      return new Chain()
          .dense(100, 7 * 7 * 128)
          .image(128, 7)
          .norm(128)
          .activation(leaky())
          .up(128, 128)
          .norm(128)
          .activation(leaky())
          .up(128, 64)
          .norm(64)
          .activation(leaky())
          .conv(64, 1, 7, 1, new ActivationTanH());
    }

    @Override
    Chain discriminator() {
      return new Chain()
          .conv(1, 64, 4, 2, leaky())
          .conv(64, 128, 4, 2, leaky())
          .flat(128, 7)
          .dense(7 * 7 * 128, 1);
    }
  },

  /** Convolutions for 32 x 32 x 3. */
  IMAGES32 {
    @Override
    Chain generator() {
      return new Chain()
          .dense(128, 4 * 4 * 256)
          .image(256, 4)
          .norm(256)
          .activation(relu())
          .up(256, 128)
          .norm(128)
          .activation(relu())
          .up(128, 64)
          .norm(64)
          .activation(relu())
          .up(64, 3, new ActivationTanH());
    }

    @Override
    Chain discriminator() {
      return new Chain()
          .conv(3, 64, 4, 2, leaky())
          .conv(64, 128, 4, 2, leaky())
          .conv(128, 256, 4, 2, leaky())
          .flat(256, 4)
          .dense(4 * 4 * 256, 1);
    }
  };

  private static final double SLOPE = 0.2;

  /** Makes samples from noise. */
  abstract Chain generator();

  /** Makes logits from samples. */
  abstract Chain discriminator();

  static IActivation relu() {
    return new ActivationReLU();
  }

  static IActivation leaky() {
    return new ActivationLReLU(SLOPE);
  }
}
