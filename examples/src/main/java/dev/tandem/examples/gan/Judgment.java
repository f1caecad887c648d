package dev.tandem.examples.gan;

import com.google.common.collect.ImmutableList;
import dev.tandem.gan.metric.FeatureExtractor;
import dev.tandem.gan.metric.FeatureSpace;
import dev.tandem.gan.metric.Features;
import dev.tandem.gan.metric.Fid;
import dev.tandem.gan.metric.Kid;
import dev.tandem.gan.metric.ModeCoverage;
import dev.tandem.gan.metric.ModeReport;
import dev.tandem.gan.metric.Prdc;
import dev.tandem.gan.metric.RealFeatures;
import dev.tandem.gan.metric.Score;
import dev.tandem.gan.metric.SlicedWasserstein;
import dev.tandem.gan.train.AdversarialTrainer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How good generated samples are, beside data. Images of 28 × 28 in gray are looked at through the
 * bundled classifier of digits, other images through a net of random weights, which is no published
 * measure, points as they are; the name of a score says which.
 */
final class Judgment implements AutoCloseable {

  /** As many as PacGAN's (arXiv:1712.04086). */
  private static final int POINTS = 2_500;

  /** Samples of a measurement unless another number was asked for. */
  private static final int USUAL = 1000;

  /** Blocks of a standard error, two samples each. */
  private static final int LEAST = 20;

  private static final int KID_SUBSETS = 20;
  private static final int KID_SUBSET = 1000;
  private final GanData data;
  private final Lens lens;
  private final long seed;
  private final Map<Integer, RealFeatures> real = new HashMap<>();
  private @Nullable FeatureExtractor extractor;

  /**
   * A judgment by some data.
   *
   * @param lens what images are looked at through
   * @param seed what the measures draw by
   */
  Judgment(GanData data, Lens lens, long seed) {
    this.data = data;
    this.lens = lens;
    this.seed = seed;
  }

  /** How a generator fills the modes of a mixture, if the data is one. */
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
   * Refuses what cannot be measured.
   *
   * @throws IllegalArgumentException if the preset translates, there are too few samples, which
   *     says how many there would have to be, or the lens does not fit
   */
  static void require(GanData data, ImmutableList<AskedMetric> metrics, Lens lens) {
    if (metrics.isEmpty()) {
      return;
    }
    if (data.domains().isPresent()) {
      throw new IllegalArgumentException(
          "--metrics are for samples that are made of noise, and the preset translates "
              + data.name()
              + "; leave it out");
    }
    if (lens.net().isPresent() && data.sample().rank() != 3) {
      throw new IllegalArgumentException(
          "--extractor "
              + lens.net().get()
              + " looks at images, and "
              + data.name()
              + " has none; leave it out");
    }
    int features = features(data, lens);
    metrics.forEach(metric -> requireEnough(data, metric, features));
  }

  /** How many features there are; through a file as it looks at a sample. */
  private static int features(GanData data, Lens lens) {
    if (data.sample().rank() == 1) {
      return Math.toIntExact(data.sample().size(0));
    }
    try (FeatureExtractor through = lens.open(data.sample())) {
      return through.extract(data.samples(0, 1)).dimensions();
    }
  }

  private static void requireEnough(GanData data, AskedMetric metric, int features) {
    int least = metric.kind() == AskedMetric.Kind.FID ? Math.max(features + 1, LEAST) : LEAST;
    int most = data.dataset().size() / 2;
    int asked = samples(data, metric);
    if (asked < least || asked > most) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "samples of %s are not in [%d, %d], for what it is made of and as many real samples"
                  + " twice among the %d of %s: %d",
              metric.kind(),
              least,
              most,
              data.dataset().size(),
              data.name(),
              asked));
    }
  }

  private static int samples(GanData data, AskedMetric metric) {
    return metric.samples() == 0 ? Math.min(USUAL, data.dataset().size() / 2) : metric.samples();
  }

  /** What scores of a kind are called, with what they look through, as in fid_random_conv. */
  String name(AskedMetric metric) {
    String through = data.sample().rank() == 1 ? "points" : lens.word(extractor().space());
    return metric.kind() + "_" + through;
  }

  private FeatureExtractor extractor() {
    FeatureExtractor through = extractor;
    if (through == null) {
      through = lens.open(data.sample());
      extractor = through;
    }
    return through;
  }

  /** Measures what a trainer's generator makes of the noise of the judgment's seed. */
  Score measure(AskedMetric metric, AdversarialTrainer trainer) {
    return measure(metric, count -> Samples.asInData(trainer, data, count, seed));
  }

  /**
   * Measures samples against the first ones of the data; the next ones make the floor.
   *
   * @param sampler gives so many samples, in a new array
   */
  Score measure(AskedMetric metric, IntFunction<INDArray> sampler) {
    int count = samples(data, metric);
    RealFeatures to =
        real.computeIfAbsent(count, n -> new RealFeatures(seen(data, 0, n), seen(data, n, 2 * n)));
    Features fake;
    try (INDArray samples = sampler.apply(count)) {
      fake = features(samples);
    }
    return switch (metric.kind()) {
      case FID -> Fid.measure(to, fake, seed);
      case KID -> new Kid(KID_SUBSETS, Math.min(KID_SUBSET, count / 2)).measure(to, fake, seed);
      case SWD -> SlicedWasserstein.standard().measure(to, fake, seed);
      case PRECISION -> Prdc.measure(to, fake, seed).precision();
      case RECALL -> Prdc.measure(to, fake, seed).recall();
      case DENSITY -> Prdc.measure(to, fake, seed).density();
      case COVERAGE -> Prdc.measure(to, fake, seed).coverage();
    };
  }

  private Features seen(GanData of, int from, int to) {
    return features(of.samples(from, to));
  }

  private Features features(INDArray samples) {
    if (data.sample().rank() == 1) {
      return Features.of(samples, FeatureSpace.plain("points"));
    }
    return extractor().extract(samples);
  }

  @Override
  public void close() {
    if (extractor != null) {
      extractor.close();
    }
  }
}
