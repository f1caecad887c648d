package dev.tandem.examples.gan;

import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.metric.FeatureExtractor;
import dev.tandem.gan.metric.Fid;
import dev.tandem.gan.metric.ModeCoverage;
import dev.tandem.gan.metric.ModeReport;
import dev.tandem.gan.metric.RealFeatures;
import dev.tandem.gan.metric.Score;
import dev.tandem.gan.train.AdversarialTrainer;
import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** How good a trained generator is. */
final class Judgment {

  /** As many as PacGAN's (arXiv:1712.04086). */
  private static final int POINTS = 2_500;

  /** The bundled classifier has 64 features, whose covariance needs one sample more. */
  private static final int LEAST = 65;

  private static final Shape DIGIT = Shape.of(28, 28, 1);

  private Judgment() {}

  /** How it fills the modes of a mixture, if the data is one. */
  static Optional<ModeReport> modes(AdversarialTrainer trainer, GanData data, long seed) {
    return data.mixture()
        .map(
            mixture -> {
              try (INDArray points = Samples.asInData(trainer, data, POINTS, seed)) {
                return ModeCoverage.of(mixture).measure(points, seed);
              }
            });
  }

  /**
   * Refuses data that FID cannot be taken of.
   *
   * @throws IllegalArgumentException if images have another shape, or there are too few
   */
  static void requireFidOf(GanData data, int count) {
    if (data.domains().isPresent()) {
      throw new IllegalArgumentException(
          "--fid is for samples that are made of noise, and the preset translates "
              + data.name()
              + "; leave it out");
    }
    if (!data.sample().equals(DIGIT)) {
      throw new IllegalArgumentException(
          "--fid looks through a classifier of images "
              + DIGIT
              + ", and the samples of "
              + data.name()
              + " are "
              + data.sample());
    }
    int most = data.dataset().size() / 2;
    if (count < LEAST || count > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "--fid is not in [%d, %d], for a covariance of %d features and as many real images"
                  + " twice among the %d of %s: %d",
              LEAST,
              most,
              LEAST - 1,
              data.dataset().size(),
              data.name(),
              count));
    }
  }

  /**
   * FID over the bundled classifier, against the first images of the data; the next ones make the
   * floor.
   *
   * @param count how many samples, and how many real images twice
   */
  static Score fid(AdversarialTrainer trainer, GanData data, int count, long seed) {
    try (FeatureExtractor classifier = FeatureExtractor.mnist();
        INDArray fake = Samples.asInData(trainer, data, count, seed)) {
      RealFeatures real =
          new RealFeatures(
              classifier.extract(images(data, 0, count)),
              classifier.extract(images(data, count, 2 * count)));
      return Fid.measure(real, classifier.extract(fake), seed);
    }
  }

  private static INDArray images(GanData data, int from, int to) {
    return data.samples().get(NDArrayIndex.interval(from, to));
  }
}
