package dev.tandem.gan.metric;

import dev.tandem.core.data.PixelRange;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.metric.Score.Bounds;
import dev.tandem.gan.metric.Score.Estimate;
import dev.tandem.gan.metric.Score.Sampling;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Diversity by multi-scale structural similarity (Odena et al., arXiv 1610.09585): the mean MS-SSIM
 * (Wang, Simoncelli, Bovik, Asilomar 2003) of random pairs of generated images. 1 says that all
 * images are one; more than the floor, the same among real images, says that variety was lost. Of
 * images of several classes at once it says little.
 *
 * <p>Scales have the paper's five weights (.0448, .2856, .3001, .2363, .1333), each half as large
 * as the one before, as many of them as have both sides at least the window's 11 pixels; the
 * weights of fewer scales are divided by their sum, so images of 28 × 28 have two. The window is a
 * Gaussian with σ = 1.5, without a border; K₁ = .01, K₂ = .03; terms below zero count as zero;
 * channels are averaged. The standard error takes the pairs for independent.
 *
 * @param pairs how many, at least 2
 * @param range the pixels of the images
 */
public record MsSsim(int pairs, PixelRange range) {

  private static final String NAME = "MS-SSIM";

  /**
   * Checks the number of pairs.
   *
   * @throws IllegalArgumentException if it is less than 2
   */
  public MsSsim {
    if (pairs < 2) {
      throw new IllegalArgumentException("pairs of MS-SSIM are not at least 2: " + pairs);
    }
  }

  /**
   * Measures generated images.
   *
   * @param real images for the floor {@code (n, height, width, channels)}, n at least 2, both sides
   *     at least 11 pixels
   * @param fake generated images of the same size
   * @param seed what the pairs follow from
   * @throws IllegalArgumentException if there are too few, they are too small, or sizes differ
   */
  public Score measure(INDArray real, INDArray fake, long seed) {
    Shape size = Shape.of(fake.shape());
    if (size.rank() != 4 || !Shape.of(real.shape()).equals(size.with(0, real.size(0)))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "images are (n, height, width, channels), generated and real alike, got %s and %s",
              size,
              Shape.of(real.shape())));
    }
    SampleSize.require(NAME, 2, "a pair", "generated", fake.size(0));
    SampleSize.require(NAME, 2, "a pair", "real", real.size(0));
    Similarity similarity =
        Similarity.of(
            Math.toIntExact(fake.size(1)),
            Math.toIntExact(fake.size(2)),
            Math.toIntExact(fake.size(3)));
    return Score.of(
        NAME,
        estimate(similarity, fake, seed),
        Bounds.SHARE,
        estimate(similarity, real, seed).value(),
        new Sampling(fake.size(0), real.size(0), seed, FeatureSpace.plain("pixels")));
  }

  private Estimate estimate(Similarity similarity, INDArray images, long seed) {
    float[] values = images.castTo(DataType.FLOAT).dup('c').data().asFloat();
    int count = Math.toIntExact(images.size(0));
    int length = values.length / count;
    CounterRandom random = CounterRandom.of(seed, CounterRandom.seedOf(NAME));
    double[] similarities = new double[pairs];
    for (int pair = 0; pair < pairs; pair++) {
      int first = (int) (random.uniform(2L * pair) * count);
      int other = (int) (random.uniform(2L * pair + 1) * (count - 1));
      int second = other < first ? other : other + 1;
      similarities[pair] =
          similarity.of(image(values, first, length), image(values, second, length));
    }
    return Estimate.mean(similarities);
  }

  /** An image with black at 0 and white at 1. */
  private double[] image(float[] values, int index, int length) {
    double black = range.of(0);
    double[] image = new double[length];
    for (int i = 0; i < length; i++) {
      image[i] = (values[index * length + i] - black) / (range.of(255) - black);
    }
    return image;
  }
}
