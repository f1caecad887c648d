package dev.tandem.gan.objective.augment;

import dev.tandem.core.optimizer.Schedule;
import java.util.Objects;

/**
 * The strength of a {@link VaryingAugmentation} while a pair is trained: a number from 0, where
 * samples stay as they are, to 1. It is state of the steps: a resumed run goes on from it.
 */
public sealed interface Strength {

  /** By a schedule over the steps of the discriminator, with values in [0, 1]. */
  static Strength scheduled(Schedule schedule) {
    return new Scheduled(schedule);
  }

  /**
   * By how sure the discriminator is of real samples (ADA, Karras et al., 2020, arXiv:2006.06676):
   * with their numbers, a target of 0.6, looked at after every 4 batches, at a speed of 500,000
   * images from 0 to 1.
   */
  static Adaptive adaptive() {
    return new Adaptive(0.6, 4, 500_000);
  }

  /**
   * A number for each step of the discriminator; the generator's steps take that of the last one.
   *
   * @param schedule over the steps of the discriminator, counted from 0
   */
  record Scheduled(Schedule schedule) implements Strength {

    /** Checks the first value. */
    public Scheduled {
      Objects.requireNonNull(schedule, "schedule");
      double first = schedule.at(0);
      if (!(first >= 0 && first <= 1)) {
        throw new IllegalArgumentException(
            "strength of an augmentation does not begin in [0, 1]: " + first);
      }
    }
  }

  /**
   * A number that grows while {@code r = E[sign(D(x))]} over real samples, as they are judged, lies
   * above the target, and falls while it lies below. It begins at 0. Scores need a zero that means
   * something: with losses that compare samples or have no scale take a schedule.
   *
   * @param target of r, in (−1, 1)
   * @param every so many batches of the discriminator it moves, by r over all of them; at least 1
   * @param images real ones in which it moves by 1, above 0
   */
  record Adaptive(double target, int every, double images) implements Strength {

    /** Checks the numbers. */
    public Adaptive {
      if (!(target > -1 && target < 1)) {
        throw new IllegalArgumentException("target of r is not in (-1, 1): " + target);
      }
      if (every < 1) {
        throw new IllegalArgumentException("batches between moves are not at least 1: " + every);
      }
      if (!(images > 0)) {
        throw new IllegalArgumentException("images from 0 to 1 are not above 0: " + images);
      }
    }

    /** The same with another target of r. */
    public Adaptive target(double r) {
      return new Adaptive(r, every, images);
    }

    /** The same, moving after other numbers of batches. */
    public Adaptive every(int batches) {
      return new Adaptive(target, batches, images);
    }

    /** The same at another speed: so many images from 0 to 1. */
    public Adaptive images(double count) {
      return new Adaptive(target, every, count);
    }
  }
}
