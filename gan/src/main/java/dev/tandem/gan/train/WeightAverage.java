package dev.tandem.gan.train;

import dev.tandem.core.optimizer.Schedule;
import java.util.Objects;

/**
 * The decay by which the averaged generator follows the generator: after each of its steps {@code
 * average ← d · average + (1 − d) · weights}. State such as moving statistics is copied.
 */
public sealed interface WeightAverage {

  /**
   * The d of one step.
   *
   * @param generatorSteps done, this one included
   * @param images that the discriminator has seen
   * @param batch how many of them per batch
   */
  double decay(long generatorSteps, long images, int batch);

  /** The same d in every step: {@code WeightAverage.decay(0.999)}. */
  static WeightAverage decay(double decay) {
    return new Constant(decay);
  }

  /** At first smaller: {@code min(decay, (1 + t) / (10 + t))} in step t of the generator. */
  static WeightAverage rampedDecay(double decay) {
    return new Ramped(decay);
  }

  /**
   * By images: {@code d = 0.5^(batch / h)} with {@code h = min(images, seen · ramp)}, as in
   * StyleGAN2-ADA (Karras et al., 2020, arXiv:2006.06676; ramp 0.05 there).
   *
   * @param images after which half is left, above 0
   * @param ramp above 0; infinity for none
   */
  static WeightAverage halfLife(double images, double ramp) {
    return new HalfLife(images, ramp);
  }

  /**
   * A d that changes over the training.
   *
   * @param decay over the steps of the generator, counted from 0, in [0, 1)
   */
  static WeightAverage scheduled(Schedule decay) {
    return new Scheduled(decay);
  }

  /**
   * A half-life in images that changes over the training: {@code d = 0.5^(batch / h)}; 0 follows at
   * once. R3GAN's grows by half a cosine wave from 0 (Huang et al., 2025, arXiv:2501.05441).
   *
   * @param images after which half is left, over the steps of the generator, counted from 0
   */
  static WeightAverage halfLife(Schedule images) {
    return new ScheduledHalfLife(images);
  }

  /** One number. */
  record Constant(double decay) implements WeightAverage {

    /** Checks the number. */
    public Constant {
      requireFraction(decay);
    }

    @Override
    public double decay(long generatorSteps, long images, int batch) {
      return decay;
    }
  }

  /** From 2/11 up to a number. */
  record Ramped(double decay) implements WeightAverage {

    /** Checks the number. */
    public Ramped {
      requireFraction(decay);
    }

    @Override
    public double decay(long generatorSteps, long images, int batch) {
      return Math.min(decay, (1.0 + generatorSteps) / (10.0 + generatorSteps));
    }
  }

  /** A half-life in images. */
  record HalfLife(double halfLife, double ramp) implements WeightAverage {

    /** Checks the numbers. */
    public HalfLife {
      if (!(halfLife > 0 && ramp > 0)) {
        throw new IllegalArgumentException(
            "half-life and ramp are not both above 0: " + halfLife + ", " + ramp);
      }
    }

    @Override
    public double decay(long generatorSteps, long images, int batch) {
      double images50 = Math.min(halfLife, images * ramp);
      return images50 == 0 ? 0 : Math.pow(0.5, batch / images50);
    }
  }

  /** A number for each step. */
  record Scheduled(Schedule schedule) implements WeightAverage {
    /** Checks the first number. */
    public Scheduled {
      requireFraction(schedule.at(0));
    }

    @Override
    public double decay(long generatorSteps, long images, int batch) {
      double decay = schedule.at(generatorSteps - 1);
      requireFraction(decay);
      return decay;
    }
  }

  /** A half-life for each step. */
  record ScheduledHalfLife(Schedule images) implements WeightAverage {
    /** Checks that it is there. */
    public ScheduledHalfLife {
      Objects.requireNonNull(images, "images");
    }

    @Override
    public double decay(long generatorSteps, long seen, int batch) {
      double half = images.at(generatorSteps - 1);
      if (!(half >= 0)) {
        throw new IllegalStateException(
            "half-life of the average is not at least 0 in step "
                + generatorSteps
                + " of the generator: "
                + half);
      }
      return half == 0 ? 0 : Math.pow(0.5, batch / half);
    }
  }

  private static void requireFraction(double decay) {
    if (!(decay >= 0 && decay < 1)) {
      throw new IllegalArgumentException("decay of the average is not in [0, 1): " + decay);
    }
  }
}
