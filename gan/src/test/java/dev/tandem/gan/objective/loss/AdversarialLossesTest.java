package dev.tandem.gan.objective.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Program;
import dev.tandem.core.op.Value;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.gan.objective.Objective;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Losses on real scores (1, −2) and fake scores (0.5, 3), by hand. With s(x) = log(1 + e^x): s(1) =
 * 1.3132617, s(−1) = .3132617, s(2) = 2.1269280, s(−2) = .1269280, s(.5) = .9740770, s(−.5) =
 * .4740770, s(3) = 3.0485874, s(−3) = .0485874, s(5) = 5.0067153, s(−5) = .0067153.
 */
class AdversarialLossesTest {

  private static final double[][] REAL = {{1}, {-2}};
  private static final double[][] FAKE = {{0.5}, {3}};

  static Object[] table() {
    return new Object[] {
      // D: (s(-1) + s(2)) / 2 + (s(.5) + s(3)) / 2 = 1.2200949 + 2.0113322
      Arguments.of("minimax", AdversarialLosses.minimax(), 3.2314271, -2.0113322),
      // G: (s(-.5) + s(-3)) / 2
      Arguments.of("non-saturating", AdversarialLosses.nonSaturating(), 3.2314271, 0.2613322),
      // D: (0 + 9) / 4 + (.25 + 9) / 4; G: (.25 + 4) / 4
      Arguments.of("least squares", AdversarialLosses.leastSquares(), 4.5625, 1.0625),
      // D: 1.75 - (-.5); G: -1.75
      Arguments.of("wasserstein", AdversarialLosses.wasserstein(), 2.25, -1.75),
      // D: (0 + 3) / 2 + (1.5 + 4) / 2
      Arguments.of("hinge", AdversarialLosses.hinge(), 4.25, -1.75),
      // D: -.5 + (1.5 + 0) / 2; G: 1.75
      Arguments.of("energy", AdversarialLosses.energy(2), 0.25, 1.75),
      // D: (s(-.5) + s(5)) / 2; G: (s(.5) + s(-5)) / 2
      Arguments.of("relativistic", AdversarialLosses.relativistic(), 2.7403962, 0.4903962),
      // means -.5 and 1.75. D: (s(.75) + s(3.75)) / 2 + (s(1) + s(3.5)) / 2
      // = (1.1368710 + 3.7732463) / 2 + (1.3132617 + 3.5297504) / 2
      // G: (s(-1) + s(-3.5)) / 2 + (s(-.75) + s(-3.75)) / 2
      // = (.3132617 + .0297504) / 2 + (.3868710 + .0232463) / 2
      Arguments.of(
          "relativistic average", AdversarialLosses.relativisticAverage(), 4.8765647, 0.3765647)
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void losses_ofFourScores_areThoseByHand(
      String name, AdversarialLoss loss, double ofDiscriminator, double ofGenerator) {
    assertThat(value((ops, in) -> loss.discriminator(ops, in[0], in[1]), REAL, FAKE))
        .isCloseTo(ofDiscriminator, within(1e-6));
    assertThat(value((ops, in) -> loss.generator(ops, in[0], in[1]), REAL, FAKE))
        .isCloseTo(ofGenerator, within(1e-6));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void indifference_isTheLossOfZeros(
      String name, AdversarialLoss loss, double ofDiscriminator, double ofGenerator) {
    double[][] zeros = {{0}, {0}};
    if (!Double.isNaN(loss.indifference())) {
      assertThat(value((ops, in) -> loss.discriminator(ops, in[0], in[1]), zeros, zeros))
          .isCloseTo(loss.indifference(), within(1e-9));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("table")
  void losses_ofMaps_areMeansOverAllPlaces(
      String name, AdversarialLoss loss, double ofDiscriminator, double ofGenerator) {
    double[][] real = {{1, -2}};
    double[][] fake = {{0.5, 3}};

    assertThat(value((ops, in) -> loss.discriminator(ops, in[0], in[1]), real, fake))
        .isCloseTo(ofDiscriminator, within(1e-6));
  }

  @Test
  void smoothing_isTheCrossEntropyOfASmallerTarget() {
    Objective objective = Objective.of(AdversarialLosses.nonSaturating()).smoothLabels(0.1);

    // real: (.9 s(-1) + .1 s(1) + .9 s(2) + .1 s(-2)) / 2 = (.4132617 + 1.9269280) / 2
    assertThat(value((ops, in) -> objective.discriminatorLoss(ops, in[0], in[1]), REAL, FAKE))
        .isCloseTo(1.1700949 + 2.0113322, within(1e-6));
  }

  @Test
  void flipping_byAProbability_takesTheOtherLabelThatOften() {
    double[][] real = new double[4000][1];
    double[][] fake = new double[4000][1];
    for (int i = 0; i < real.length; i++) {
      real[i][0] = 1;
      fake[i][0] = 0;
    }
    Objective objective = Objective.of(AdversarialLosses.leastSquares()).flipLabels(0.25);

    // a flipped real sample costs 1/2, a flipped fake one 1/2, all others nothing
    assertThat(value((ops, in) -> objective.discriminatorLoss(ops, in[0], in[1]), real, fake))
        .isCloseTo(0.25, within(0.015));
  }

  @Test
  void equilibrium_fromScoresAlone_isRefused() {
    Objective objective = Objective.of(AdversarialLosses.equilibrium(0.5, 0.001));

    assertThatThrownBy(
            () -> value((ops, in) -> objective.discriminatorLoss(ops, in[0], in[1]), REAL, FAKE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("weighs fakes by k")
        .hasMessageContaining("ask for discriminator(critic) in a step");
  }

  @Test
  void labelNoise_onALossThatComparesSamples_isRefused() {
    Objective objective = Objective.of(AdversarialLosses.relativistic());

    assertThatThrownBy(() -> objective.smoothLabels(0.1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("RelativisticPaired[] compares samples with each other");
    assertThatThrownBy(() -> new LabelNoise(1, 0))
        .hasMessage("label smoothing is not in [0, 1): 1.0");
    assertThatThrownBy(() -> AdversarialLosses.energy(0)).hasMessage("margin is not above 0: 0.0");
  }

  private static double value(
      BiFunction<Ops, Value[], Value> loss, double[][] real, double[][] fake) {
    Ops ops = new Ops();
    TensorSpec spec = new TensorSpec(Shape.of(real.length, real[0].length), DataType.DOUBLE);
    Value[] scores = {ops.feed("real", spec), ops.feed("fake", spec)};
    Value result = loss.apply(ops, scores);
    try (Program program = new SameDiffEngine().prepare(ops.build(Map.of("loss", result)))) {
      for (String name : program.graph().feeds().keySet()) {
        program.feed(name, Nd4j.createFromArray(name.equals("real") ? real : fake));
      }
      program.run(3, 1);
      return program.scalar("loss");
    }
  }
}
