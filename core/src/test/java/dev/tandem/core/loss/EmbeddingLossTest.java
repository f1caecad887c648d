package dev.tandem.core.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.autodiff.GradientCheck;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Losses of embeddings beside each other, whose examples are compared with nothing else; and
 * published examples of others: those in the reference of Keras for focal losses and log-cosh.
 */
class EmbeddingLossTest {

  private static final INDArray PAIRS =
      LossRun.of(new double[][] {{1, 2, .5, 1}, {-1, .3, 2, -.4}, {.2, -2, 1, -1}});

  private static double cosine(double[] a, double[] b) {
    double dot = a[0] * b[0] + a[1] * b[1];
    return dot / Math.hypot(a[0], a[1]) / Math.hypot(b[0], b[1]);
  }

  private static double[] view(int sample, int which) {
    return new double[] {
      PAIRS.getDouble(sample, 2L * which), PAIRS.getDouble(sample, 2L * which + 1)
    };
  }

  @Test
  void infoNce_isTheCrossEntropyOfCosines() {
    double[] there = new double[3];
    double[] both = new double[3];
    for (int i = 0; i < 3; i++) {
      double out = 0;
      double back = 0;
      for (int j = 0; j < 3; j++) {
        out += Math.exp(cosine(view(i, 0), view(j, 1)) / .5);
        back += Math.exp(cosine(view(j, 0), view(i, 1)) / .5);
      }
      double own = cosine(view(i, 0), view(i, 1)) / .5;
      there[i] = Math.log(out) - own;
      both[i] = (Math.log(out) + Math.log(back)) / 2 - own;
    }
    InfoNce loss = Losses.infoNce(.5);

    assertThat(LossRun.perSample(loss, PAIRS, PAIRS)).containsExactly(there, within(1e-9));
    assertThat(LossRun.perSample(loss.bothWays(), PAIRS, PAIRS))
        .containsExactly(both, within(1e-9));
    assertThat(LossRun.perSample(loss, LossRun.single(PAIRS), LossRun.single(PAIRS)))
        .containsExactly(there, within(5e-6));
  }

  @Test
  void ntXent_holdsEachViewAgainstAllOthers() {
    double[][] views = new double[6][];
    for (int i = 0; i < 6; i++) {
      views[i] = view(i % 3, i / 3);
    }
    double[] expected = new double[3];
    for (int i = 0; i < 6; i++) {
      double sum = 0;
      for (int j = 0; j < 6; j++) {
        sum += i == j ? 0 : Math.exp(cosine(views[i], views[j]) / .5);
      }
      expected[i % 3] += (Math.log(sum) - cosine(views[i], views[(i + 3) % 6]) / .5) / 2;
    }

    assertThat(LossRun.perSample(Losses.ntXent(), PAIRS, PAIRS))
        .containsExactly(expected, within(1e-9));
    assertThat(LossRun.perSample(Losses.ntXent(), LossRun.single(PAIRS), LossRun.single(PAIRS)))
        .containsExactly(expected, within(5e-6));
  }

  @Test
  void batchOfOne_hasNothingToBeHeldAgainst() {
    INDArray one = LossRun.of(new double[][] {{1, 2, 3, 4}});

    assertThat(LossRun.perSample(Losses.ntXent(), one, one))
        .containsExactly(new double[1], within(1e-12));
    assertThat(LossRun.perSample(Losses.infoNce(), one, one))
        .containsExactly(new double[1], within(1e-12));
  }

  @Test
  void triplet_comparesSquaredDistances() {
    INDArray triplets =
        LossRun.of(new double[][] {{0, 0, 1, 1, 2, 1}, {0, 0, 3, 0, 1, 1}, {1, 2, 1, 2, 9, 9}});

    // 2 − 5 + 1, 9 − 2 + 1, 0 − 113 + 1
    assertThat(LossRun.perSample(Losses.triplet(), triplets, triplets)).containsExactly(0, 8, 0);
    assertThat(LossRun.perSample(Losses.triplet(4), triplets, triplets)).containsExactly(1, 11, 0);
    // places between batch and embedding are averaged
    INDArray places = triplets.reshape('c', 1, 3, 6);
    assertThat(LossRun.perSample(Losses.triplet(4), places, places)).containsExactly(4);
  }

  static List<Loss> differentiated() {
    return List.of(
        Losses.infoNce(.5), Losses.infoNce(.7).bothWays(), Losses.ntXent(), Losses.triplet(30));
  }

  @ParameterizedTest
  @MethodSource("differentiated")
  void gradients_areExactToTheSecondOrder(Loss loss) {
    INDArray prediction =
        loss instanceof TripletLoss
            ? LossRun.of(new double[][] {{1, 2, .5, 1, 3, .2}, {-1, .3, 2, -.4, 1, 1}})
            : PAIRS;
    GradientCheck.of(
            (ops, values) -> loss.perSample(ops, values.get(0), values.get(0)), List.of(prediction))
        .secondOrder();
    assertThat(loss.needsTarget()).isFalse();
  }

  @Test
  void predictionsThatAreNoPairs_areRefused() {
    INDArray odd = LossRun.of(new double[][] {{1, 2, 3}});
    INDArray places = Nd4j.ones(DataType.DOUBLE, 2, 3, 4);

    assertThatThrownBy(() -> LossRun.perSample(Losses.ntXent(), odd, odd))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "NT-Xent expects 2 embeddings of one size beside each other, (batch, …, 2 · size), got"
                + " (1, 3); concatenate them along the last axis");
    assertThatThrownBy(() -> LossRun.perSample(Losses.infoNce(), places, places))
        .hasMessage(
            "InfoNCE expects one pair of embeddings for each sample, (batch, 2 · size), got"
                + " (2, 3, 4); pool or flatten what lies between");
    assertThatThrownBy(() -> LossRun.perSample(Losses.triplet(), PAIRS, PAIRS))
        .hasMessageContaining("(batch, …, 3 · size), got (3, 4)");
    assertThatThrownBy(() -> Losses.triplet(0)).hasMessageContaining("margin");
    assertThatThrownBy(() -> Losses.ntXent(0)).hasMessageContaining("temperature");
    assertThatThrownBy(() -> Losses.binaryFocalCrossentropy().alpha(2))
        .hasMessage("alpha is not in [0, 1]: 2.0");
  }

  @Test
  void publishedExamples_agree() {
    INDArray bits = LossRun.of(new double[][] {{0, 1}, {0, 0}});
    assertThat(
            LossRun.perSample(
                Losses.binaryFocalCrossentropy(),
                LossRun.of(new double[][] {{.6, .4}, {.4, .6}}),
                bits))
        .containsExactly(new double[] {.330, .206}, within(5e-4));
    assertThat(
            LossRun.perSample(
                Losses.categoricalFocalCrossentropy(),
                LossRun.of(new double[][] {{.05, .9, .05}, {.1, .85, .05}}),
                LossRun.of(new double[][] {{0, 1, 0}, {0, 0, 1}})))
        .containsExactly(new double[] {2.63401289e-04, 6.75912094e-01}, within(1e-8));
    double[] logCosh =
        LossRun.perSample(Losses.logCosh(), LossRun.of(new double[][] {{1, 1}, {0, 0}}), bits);
    assertThat((logCosh[0] + logCosh[1]) / 2).isCloseTo(.108, within(5e-4));
  }

  /** At probabilities of 0 and 1, and far out, nothing is NaN, neither loss nor slope. */
  @Test
  void focalAndLogCosh_farOut_stayFinite() {
    INDArray bits = LossRun.single(LossRun.of(new double[][] {{0, 1}, {1, 0}}));
    INDArray far = LossRun.single(LossRun.of(new double[][] {{-200, 200}, {-200, 200}}));
    INDArray ends = LossRun.single(LossRun.of(new double[][] {{0, 1}, {0, 1}}));
    for (double gamma : new double[] {.5, 2}) {
      BinaryFocalCrossentropy loss = Losses.binaryFocalCrossentropy().gamma(gamma);
      for (double[] values :
          List.of(
              LossRun.perSample(loss.fromLogits(), far, bits),
              LossRun.gradient(loss.fromLogits(), far, bits),
              LossRun.perSample(loss, ends, bits),
              LossRun.gradient(loss, ends, bits),
              LossRun.gradient(
                  Losses.categoricalFocalCrossentropy().gamma(gamma).fromLogits(), far, bits))) {
        assertThat(values).isNotEmpty();
        assertThat(Arrays.stream(values)).allMatch(Double::isFinite);
      }
    }
    assertThat(LossRun.perSample(Losses.logCosh(), far, bits))
        .containsExactly(new double[] {199.5 - Math.log(2), 200.5 - Math.log(2)}, within(1e-3));
  }

  @Test
  void ntXent_inTraining_drawsViewsTogether() {
    Input a = Input.of("a", 4);
    Input b = Input.of("b", 4);
    Dense shared = Dense.units(3).named("shared");
    Model model =
        Model.of(
            "pairs",
            List.of(a, b),
            List.of(Concatenate.of().named("both").apply(shared.apply(a), shared.apply(b))));
    try (Trainer trainer =
        model.compile(Training.with(Adam.rate(.05)).loss(Losses.ntXent()).seed(1))) {
      INDArray views = Nd4j.rand(DataType.FLOAT, 8, 4);
      Examples examples = Examples.of(Map.of("a", views, "b", views.add(.01)), Map.of());
      double first = trainer.trainOnBatch(examples).loss();
      for (int i = 0; i < 30; i++) {
        trainer.trainOnBatch(examples);
      }
      assertThat(trainer.testOnBatch(examples).loss()).isLessThan(first - .1);
    }
  }
}
