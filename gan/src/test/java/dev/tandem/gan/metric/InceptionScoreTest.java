package dev.tandem.gan.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class InceptionScoreTest {

  /** Logits that are sure of the classes 0, 1, 2, … in turn. */
  private static INDArray sure(int rows, int classes) {
    INDArray logits = Nd4j.create(DataType.DOUBLE, rows, classes);
    for (int i = 0; i < rows; i++) {
      logits.putScalar(i, i % classes, 100);
    }
    return logits;
  }

  private static Features features(INDArray logits) {
    return new Features(
        Nd4j.create(DataType.DOUBLE, logits.size(0), 2), Optional.of(logits), Gaussian.SPACE);
  }

  @Test
  void score_ofSureAndBalancedClasses_isTheirNumber() {
    assertThat(InceptionScore.score(sure(100, 10))).isCloseTo(10, within(1e-9));
  }

  @Test
  void score_ofOneClassOrNoIdea_isOne() {
    assertThat(InceptionScore.score(Nd4j.create(DataType.DOUBLE, 50, 10)))
        .isCloseTo(1, within(1e-12));
    INDArray one = Nd4j.create(DataType.DOUBLE, 50, 10);
    one.getColumn(3).assign(1000);
    assertThat(InceptionScore.score(one)).isCloseTo(1, within(1e-12));
  }

  @Test
  void score_ofTwoSamples_isTheHandComputedOne() {
    // p = (¾, ¼) and (¼, ¾), marginal (½, ½): KL = ¾ ln 1.5 + ¼ ln ½ = 0.130812, exp = 1.139753.
    double log3 = Math.log(3);
    INDArray logits = Nd4j.createFromArray(new double[][] {{log3 + 7, 7}, {0, log3}});

    assertThat(InceptionScore.score(logits)).isCloseTo(1.1397535, within(1e-6));
  }

  @Test
  void score_hasTheRealScoreBeside() {
    Features real = features(sure(400, 4));
    Score score =
        InceptionScore.measure(
            new RealFeatures(real, real), features(sure(400, 2).reshape(200, 4)), 1);

    assertThat(score.floor()).isBetween(3.7, 4.0);
    assertThat(score.value()).isLessThan(score.floor());
    assertThat(score.high()).isLessThanOrEqualTo(4);
  }

  @Test
  void featuresWithoutLogits_orTooFew_areRefused() {
    RealFeatures real = Gaussian.real(1, 100, 2);

    assertThatThrownBy(() -> InceptionScore.measure(real, Gaussian.features(2, 100, 2), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a classifier's logits, but test has features alone");
    Features few = features(sure(99, 10));
    assertThatThrownBy(() -> InceptionScore.measure(new RealFeatures(few, few), few, 1))
        .hasMessageContaining("IS needs at least 100 generated samples")
        .hasMessageContaining("got 99");
  }
}
