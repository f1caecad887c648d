package dev.tandem.examples.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Mnist;
import dev.tandem.core.data.PixelRange;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.data.StackedMnist;
import dev.tandem.gan.metric.FeatureExtractor;
import dev.tandem.gan.metric.Features;
import dev.tandem.gan.metric.Fid;
import dev.tandem.gan.metric.InceptionScore;
import dev.tandem.gan.metric.Kid;
import dev.tandem.gan.metric.ModeReport;
import dev.tandem.gan.metric.MsSsim;
import dev.tandem.gan.metric.Prdc;
import dev.tandem.gan.metric.RealFeatures;
import dev.tandem.gan.metric.Score;
import dev.tandem.gan.metric.SlicedWasserstein;
import dev.tandem.gan.metric.StackedModes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What the metrics say of real digits, noisy ones, and too few kinds of them. */
class MetricsOnMnistTest {

  private static final int COUNT = 1_000;
  private static final Mnist MNIST = Mnist.fromClassPath(PixelRange.MINUS_ONE_TO_ONE);
  private static final FeatureExtractor EXTRACTOR = FeatureExtractor.mnist();
  private static final RealFeatures REAL = new RealFeatures(seen(train(0)), seen(train(COUNT)));
  private static final Features OTHERS = seen(fresh());
  private static final Features NOISY = seen(noisy(fresh()));
  private static final Features COLLAPSED = seen(Nd4j.tile(image(0), COUNT, 1, 1, 1));

  @AfterAll
  static void close() {
    EXTRACTOR.close();
  }

  private static INDArray train(int from) {
    return MNIST.train().images().get(NDArrayIndex.interval(from, from + COUNT));
  }

  /** The training images change less along their file than the test images do. */
  private static INDArray fresh() {
    return train(2 * COUNT);
  }

  private static INDArray image(int index) {
    return MNIST.test().images().get(NDArrayIndex.interval(index, index + 1)).dup('c');
  }

  private static INDArray noisy(INDArray images) {
    INDArray noise = Nd4j.createUninitialized(images.dataType(), images.shape(), 'c');
    CounterRandom.of(1).normal(noise);
    return noise.muli(.5).addi(images);
  }

  private static Features seen(INDArray images) {
    return EXTRACTOR.extract(images);
  }

  @Test
  void fid_tellsRealFromNoisy() {
    Score real = Fid.measure(REAL, OTHERS, 1);
    Score noisy = Fid.measure(REAL, NOISY, 1);

    assertThat(real.value()).isLessThan(3 * real.floor());
    assertThat(noisy.low()).isGreaterThan(5 * real.high());
    assertThat(real.space()).isEqualTo(EXTRACTOR.space());
  }

  @Test
  void kid_tellsRealFromNoisy() {
    Kid kid = new Kid(10, 250);

    assertThat(kid.measure(REAL, NOISY, 1).low())
        .isGreaterThan(5 * kid.measure(REAL, OTHERS, 1).high());
  }

  @Test
  void slicedWasserstein_tellsRealFromNoisy() {
    SlicedWasserstein distance = new SlicedWasserstein(64);

    assertThat(distance.measure(REAL, NOISY, 1).low())
        .isGreaterThan(2 * distance.measure(REAL, OTHERS, 1).high());
  }

  @Test
  void inceptionScore_ofRealDigits_nearsTen_andOfOneDigitIsOne() {
    Score real = InceptionScore.measure(REAL, OTHERS, 1);

    assertThat(real.value()).isBetween(9.0, 10.0);
    assertThat(real.floor()).isCloseTo(real.value(), within(.4));
    assertThat(InceptionScore.measure(REAL, COLLAPSED, 1).value()).isCloseTo(1, within(.01));
  }

  @Test
  void coverage_ofRealDigits_isHigh_andOfOneImageIsNone() {
    Prdc.Report real = Prdc.measure(REAL, OTHERS, 1);
    Prdc.Report collapsed = Prdc.measure(REAL, COLLAPSED, 1);

    assertThat(real.coverage().value()).isCloseTo(real.coverage().floor(), within(.08));
    assertThat(real.precision().value()).isGreaterThan(.8);
    assertThat(collapsed.coverage().value()).isLessThan(.02);
    assertThat(collapsed.recall().value()).isZero();
  }

  @Test
  void similarity_ofOneImage_isOverThatOfDigits() {
    MsSsim similarity = new MsSsim(200, PixelRange.MINUS_ONE_TO_ONE);
    INDArray one = Nd4j.tile(image(0), 10, 1, 1, 1);
    Score collapsed = similarity.measure(fresh(), one, 1);

    assertThat(collapsed.value()).isCloseTo(1, within(1e-6));
    assertThat(collapsed.floor()).isLessThan(.5);
  }

  @Test
  void stackedDigits_areCountedByTheClassifier() {
    StackedMnist data = StackedMnist.of(MNIST.test());
    StackedModes modes = StackedModes.of(EXTRACTOR, data);
    int count = 2_000;
    INDArray images = data.batch(1, 0, count);
    int[] labels = data.labels(1, 0, count).toIntVector();
    int[] found = modes.modes(images);
    int right = 0;
    for (int i = 0; i < count; i++) {
      right += found[i] == labels[i] ? 1 : 0;
    }
    ModeReport report = modes.measure(images, 1);

    assertThat((double) right / count).isGreaterThan(.96);
    assertThat(report.captured().value()).isCloseTo(report.captured().floor(), within(12.0));
    assertThat(report.reverseKl().overFloor()).isCloseTo(0, within(.02));
    assertThat(report.highQuality().value()).isEqualTo(1);
  }
}
