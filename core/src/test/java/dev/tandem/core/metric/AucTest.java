package dev.tandem.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AucTest {

  private static double auc(double[] targets, double[] scores, double[] weights) {
    Metric.Accumulator accumulator = Metrics.auc().accumulator();
    INDArray weighted = weights == null ? null : Nd4j.createFromArray(weights);
    accumulator.add(Nd4j.createFromArray(targets), Nd4j.createFromArray(scores), weighted);
    return accumulator.result();
  }

  @Test
  void auc_countsThePairsInOrder() {
    // .35 > .1, .8 > .1, .8 > .4, but .35 < .4: 3 of 4 pairs
    double[] targets = {0, 0, 1, 1};

    assertThat(auc(targets, new double[] {.1, .4, .35, .8}, null)).isEqualTo(.75);
    assertThat(auc(targets, new double[] {-9, -4, -4.5, 80}, null)).isEqualTo(.75);
    assertThat(auc(targets, new double[] {0, .1, .2, .3}, null)).isEqualTo(1);
    assertThat(auc(targets, new double[] {3, 2, 1, 0}, null)).isZero();
  }

  @Test
  void auc_ofEqualScores_countsHalf() {
    assertThat(auc(new double[] {0, 1, 1}, new double[] {.5, .5, .7}, null)).isEqualTo(.75);
    assertThat(auc(new double[] {0, 1}, new double[] {-0.0, 0.0}, null)).isEqualTo(.5);
  }

  @Test
  void auc_ofWeights_countsPairsByBoth() {
    // pairs: (.2 over .1, 2 · 1), (.2 under .3, 2 · 3): 2 of 8
    assertThat(auc(new double[] {0, 1, 0}, new double[] {.1, .2, .3}, new double[] {1, 2, 3}))
        .isEqualTo(.25);
  }

  @Test
  void auc_ofOneKindOrOfNaN_isNaN() {
    assertThat(auc(new double[] {1, 1}, new double[] {.1, .2}, null)).isNaN();
    assertThat(auc(new double[] {0, 1}, new double[] {.1, Double.NaN}, null)).isNaN();
  }

  @Test
  void auc_ofManyScores_isThatOfAllPairs() {
    Random random = new Random(1);
    for (int size : new int[] {2, 3, 17, 64, 3000}) {
      double[] targets = new double[size];
      double[] scores = new double[size];
      double[] weights = random.doubles(size).toArray();
      for (int i = 0; i < size; i++) {
        targets[i] = i < 2 ? i : random.nextInt(2);
        scores[i] = random.nextInt(size) / (double) size + targets[i] / 3;
      }

      assertThat(auc(targets, scores, weights))
          .isCloseTo(pairs(targets, scores, weights), within(1e-12));
    }
  }

  private static double pairs(double[] targets, double[] scores, double[] weights) {
    double won = 0;
    double all = 0;
    for (int i = 0; i < targets.length; i++) {
      for (int j = 0; j < targets.length; j++) {
        if (targets[i] == 1 && targets[j] == 0) {
          double weight = weights[i] * weights[j];
          all += weight;
          won += weight * (Math.signum(scores[i] - scores[j]) + 1) / 2;
        }
      }
    }
    return won / all;
  }
}
