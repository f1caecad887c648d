package dev.tandem.core.loss;

import static dev.tandem.core.loss.LossRun.gradient;
import static dev.tandem.core.loss.LossRun.perSample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Numbers by hand, far ends, and messages. */
class LossTest {

  private static final Offset<Double> CLOSE = within(1e-8);

  private static INDArray row(double... numbers) {
    return LossRun.of(new double[][] {numbers});
  }

  @Test
  void squaredAndAbsoluteError_average() {
    // errors 1 and 4: (1 + 16) / 2 and (1 + 4) / 2
    assertThat(perSample(Losses.meanSquaredError(), row(3, 5), row(2, 1)))
        .containsExactly(new double[] {8.5}, CLOSE);
    assertThat(perSample(Losses.meanAbsoluteError(), row(3, 5), row(2, 1)))
        .containsExactly(new double[] {2.5}, CLOSE);
  }

  @Test
  void huber_beyondDelta_isALine() {
    // errors 1 and -4: 1² / 2 and 2 · 4 - 2² / 2
    assertThat(perSample(Losses.huber(2), row(1, -4), row(0, 0)))
        .containsExactly(new double[] {(.5 + 6) / 2}, CLOSE);
    assertThat(gradient(Losses.huber(2), row(1, -4), row(0, 0)))
        .containsExactly(new double[] {.5, -1}, CLOSE);
  }

  @Test
  void binaryCrossentropy_ofProbabilities_isMinusTheLogarithm() {
    assertThat(perSample(Losses.binaryCrossentropy(), row(.8, .3), row(1, 0)))
        .containsExactly(new double[] {-(Math.log(.8) + Math.log(.7)) / 2}, CLOSE);
  }

  @Test
  void binaryCrossentropy_ofAWrongCertainty_isHeldFinite() {
    // -log(1e-7)
    assertThat(perSample(Losses.binaryCrossentropy(), row(0), row(1)))
        .containsExactly(new double[] {16.11809565}, CLOSE);
    assertThat(perSample(Losses.binaryCrossentropy(), row(1), row(0)))
        .containsExactly(new double[] {16.11809565}, CLOSE);
  }

  @Test
  void binaryCrossentropy_smoothed_drawsTargetsToOneHalf() {
    // with 0.2, the target 1 becomes 0.9
    double expected = -.9 * Math.log(.8) - .1 * Math.log(.2);

    assertThat(perSample(Losses.binaryCrossentropy().labelSmoothing(.2), row(.8), row(1)))
        .containsExactly(new double[] {expected}, CLOSE);
  }

  @Test
  void binaryCrossentropy_fromLogits_isThatOfTheirSigmoids() {
    INDArray logits = row(-3, -.5, 0, 1.5, 4);
    INDArray targets = row(0, 1, .3, 1, 0);
    var fromLogits = Losses.binaryCrossentropy().fromLogits().labelSmoothing(.1);
    var fromProbabilities = Losses.binaryCrossentropy().labelSmoothing(.1);

    assertThat(perSample(fromLogits, logits, targets))
        .containsExactly(
            perSample(fromProbabilities, Transforms.sigmoid(logits, true), targets), CLOSE);
  }

  @Test
  void binaryCrossentropy_ofFarLogits_staysExactInFloat32() {
    var loss = Losses.binaryCrossentropy().fromLogits();
    for (double[] numbers : new double[][] {{100, 1, 0}, {100, 0, 100}, {-100, 1, 100}}) {
      INDArray logit = LossRun.single(row(numbers[0]));
      INDArray target = LossRun.single(row(numbers[1]));

      assertThat(perSample(loss, logit, target)).containsExactly(numbers[2]);
      assertThat(gradient(loss, logit, target)[0])
          .isCloseTo((numbers[0] > 0 ? 1 : 0) - numbers[1], within(1e-12));
    }
  }

  @Test
  void categoricalCrossentropy_ofLogits_isMinusTheLogarithmOfTheSoftmax() {
    // log(e^-2 + e^-1 + 1) for the last class; the others are 1 and 2 more
    double last = .40760596;
    var loss = Losses.categoricalCrossentropy().fromLogits();

    assertThat(perSample(loss, row(1, 2, 3), row(0, 0, 1)))
        .containsExactly(new double[] {last}, CLOSE);
    assertThat(perSample(loss.labelSmoothing(.3), row(1, 2, 3), row(0, 0, 1)))
        .containsExactly(new double[] {last + .1 * 1 + .1 * 2}, CLOSE);
  }

  @Test
  void categoricalCrossentropy_fromLogits_isThatOfTheirSoftmax() {
    INDArray logits = LossRun.of(new double[][] {{1, -2, .5}, {0, 3, -1}});
    INDArray targets = LossRun.of(new double[][] {{0, 1, 0}, {.2, .2, .6}});
    INDArray shares = new ActivationSoftmax().getActivation(logits.dup(), false);

    assertThat(perSample(Losses.categoricalCrossentropy().fromLogits(), logits, targets))
        .containsExactly(perSample(Losses.categoricalCrossentropy(), shares, targets), CLOSE);
  }

  @Test
  void categoricalCrossentropy_ofProbabilities_dividesThemByTheirSum() {
    assertThat(perSample(Losses.categoricalCrossentropy(), row(2, 1, 1), row(1, 0, 0)))
        .containsExactly(new double[] {Math.log(2)}, CLOSE);
  }

  @Test
  void crossentropies_ofFarLogits_stayExactInFloat32() {
    INDArray logits = LossRun.single(row(100, -100));
    var rows = Losses.categoricalCrossentropy().fromLogits();
    var numbers = Losses.sparseCategoricalCrossentropy().fromLogits();

    assertThat(perSample(rows, logits, LossRun.single(row(0, 1)))).containsExactly(200);
    assertThat(perSample(rows, logits, LossRun.single(row(1, 0))))
        .containsExactly(new double[] {0}, CLOSE);
    assertThat(perSample(numbers, logits, Nd4j.createFromArray(1))).containsExactly(200);
    assertThat(gradient(numbers, logits, Nd4j.createFromArray(1))).containsExactly(1, -1);
  }

  @Test
  void sparseCategoricalCrossentropy_isThatOfOneHotRows() {
    INDArray logits = LossRun.of(new double[][] {{1, -2, .5}, {0, 3, -1}});
    INDArray rows = LossRun.of(new double[][] {{0, 0, 1}, {1, 0, 0}});
    var loss = Losses.categoricalCrossentropy().fromLogits().labelSmoothing(.1);
    var sparse = Losses.sparseCategoricalCrossentropy().fromLogits().labelSmoothing(.1);

    assertThat(perSample(sparse, logits, Nd4j.createFromArray(2, 0)))
        .containsExactly(perSample(loss, logits, rows), CLOSE);
  }

  @Test
  void hinges_beyondTheMargin_areZero() {
    assertThat(perSample(Losses.hinge(), row(1.5), row(1))).containsExactly(0);
    assertThat(perSample(Losses.squaredHinge(), row(-2), row(-1))).containsExactly(0);
    // 1 - (-1) · 0.25 for a target 0 that counts as -1
    assertThat(perSample(Losses.hinge(), row(.25), row(0))).containsExactly(1.25);
    assertThat(perSample(Losses.squaredHinge(), row(.25), row(0))).containsExactly(1.5625);
  }

  @Test
  void categoricalHinge_ofNegativeScores_comparesWithZero() {
    // right -1, largest of (1 - t) · p = max(0, -2) = 0
    assertThat(perSample(Losses.categoricalHinge(), row(-1, -2), row(1, 0))).containsExactly(2);
  }

  @Test
  void klDivergence_ofZeros_isFinite() {
    // 0.5 · log 2 + 0.5 · log(2/3)
    assertThat(perSample(Losses.klDivergence(), row(.25, .75), row(.5, .5)))
        .containsExactly(new double[] {.143841036}, CLOSE);
    // log 2 + 1e-7 · log 2e-7
    assertThat(perSample(Losses.klDivergence(), row(.5, .5), row(0, 1)))
        .containsExactly(new double[] {.693145638}, CLOSE);
  }

  @Test
  void poisson_isTheMeanMinusTheCountsLogarithm() {
    assertThat(perSample(Losses.poisson(), row(2, 1), row(3, 0)))
        .containsExactly(new double[] {(2 - 3 * Math.log(2) + 1) / 2}, within(1e-6));
  }

  @Test
  void cosineSimilarity_isMinusTheCosine() {
    assertThat(perSample(Losses.cosineSimilarity(), row(3, 4), row(4, 3)))
        .containsExactly(new double[] {-.96}, CLOSE);
    assertThat(perSample(Losses.cosineSimilarity(), row(3, 4), row(0, 0))).containsExactly(-0.0);
    assertThat(gradient(Losses.cosineSimilarity(), row(0, 0), row(0, 0))).containsExactly(0, 0);
  }

  @Test
  void output_needsNoTarget_andIsAveraged() {
    assertThat(Losses.output().needsTarget()).isFalse();
    assertThat(perSample(Losses.output(), row(1, 3), row(0, 0))).containsExactly(2);
    assertThat(perSample(Losses.output(), Nd4j.scalar(5.0), row(0))).containsExactly(5);
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertThatThrownBy(() -> Losses.huber(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Huber delta is not above 0: 0.0");
    for (double smoothing : List.of(-.1, 1.2, Double.NaN)) {
      assertThatThrownBy(() -> Losses.binaryCrossentropy().labelSmoothing(smoothing))
          .hasMessage("label smoothing is not in [0, 1]: " + smoothing);
      assertThatThrownBy(() -> Losses.categoricalCrossentropy().labelSmoothing(smoothing))
          .hasMessage("label smoothing is not in [0, 1]: " + smoothing);
      assertThatThrownBy(() -> Losses.sparseCategoricalCrossentropy().labelSmoothing(smoothing))
          .hasMessage("label smoothing is not in [0, 1]: " + smoothing);
    }
  }
}
