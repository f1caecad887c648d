package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.metric.FeatureExtractor;
import dev.tandem.gan.metric.Features;
import dev.tandem.gan.metric.Fid;
import dev.tandem.gan.metric.ModeCoverage;
import dev.tandem.gan.metric.ModeReport;
import dev.tandem.gan.metric.Prdc;
import dev.tandem.gan.metric.RealFeatures;
import dev.tandem.gan.metric.Score;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What the page on metrics shows. */
class MetricsTest {

  private static INDArray noise(long seed, int count) {
    INDArray images = Nd4j.create(DataType.FLOAT, count, 28, 28, 1);
    CounterRandom.of(seed).uniform(images);
    return images;
  }

  @Test
  void scores_ofImages_carryTheirFloor() {
    INDArray images = noise(1, 200);
    INDArray generated = noise(2, 100);
    long seed = 1;
    // region images
    FeatureExtractor classifier = FeatureExtractor.mnist();
    RealFeatures real =
        new RealFeatures(
            classifier.extract(images.get(NDArrayIndex.interval(0, 100))), // the reference
            classifier.extract(images.get(NDArrayIndex.interval(100, 200)))); // for the floor
    Features fake = classifier.extract(generated);

    Score fid = Fid.measure(real, fake, seed);
    Prdc.Report report = Prdc.measure(real, fake, seed);
    double excess = fid.overFloor(); // what the generator is to blame for
    // endregion
    classifier.close();
    assertThat(excess).isEqualTo(fid.value() - fid.floor());
    assertThat(fid.value()).isBetween(fid.floor() / 3, fid.floor() * 3);
    assertThat(report.coverage().value()).isPositive();
  }

  @Test
  void modes_ofAMixture_areCounted() {
    long seed = 1;
    // region modes
    Mixture ring = Mixture.named("ring8-pacgan");
    INDArray points = ring.batch(seed, 0, 2_500); // a generator's samples in its place
    ModeReport report = ModeCoverage.of(ring).measure(points, seed);
    // endregion
    assertThat(report.captured().value()).isEqualTo(8);
  }
}
