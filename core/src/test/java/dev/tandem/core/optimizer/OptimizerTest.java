package dev.tandem.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Worked cases, slots and settings. */
class OptimizerTest {

  /** The gradient of (w − target)². */
  private static double[] slope(Moves moves, double target) {
    return new double[] {2 * (moves.weight()[0] - target)};
  }

  @Test
  void momentum_onASquare_takesTheWorkedSteps() {
    try (Moves moves = new Moves(Sgd.rate(.1).momentum(.9), 1)) {
      assertThat(moves.by(slope(moves, 0)).weight()[0]).isCloseTo(.8, within(1e-12));
      assertThat(moves.by(slope(moves, 0)).weight()[0]).isCloseTo(.46, within(1e-12));
      assertThat(moves.by(slope(moves, 0)).weight()[0]).isCloseTo(.062, within(1e-12));
    }
  }

  @Test
  void momentum_startedAnew_forgets() {
    try (Moves anew = new Moves(Sgd.rate(.1).momentum(.9), .46)) {
      assertThat(anew.by(slope(anew, 0)).weight()[0]).isCloseTo(.368, within(1e-12));
    }
  }

  @Test
  void momentum_whenAnotherMovesTheWeightBetween_keepsItsOwn() {
    // by the first: .8, .46; by the second from there: .768; by the first again: .3084
    try (Moves first = new Moves(Sgd.rate(.1).momentum(.9), 1)) {
      first.by(slope(first, 0)).by(slope(first, 0));
      try (Moves second = new Moves(Sgd.rate(.1).momentum(.9), first.weight())) {
        second.by(slope(second, 2));

        assertThat(second.weight()[0]).isCloseTo(.768, within(1e-12));
        double own = first.by(2 * .768).weight()[0];
        assertThat(.768 + own - .46).isCloseTo(.3084, within(1e-12));
      }
    }
  }

  @Test
  void slots_areKeptOnlyWhereNeeded() {
    assertThat(Sgd.rate(.1).slots()).isEmpty();
    assertThat(RmsProp.rate(.1).slots()).hasSize(1);
    assertThat(RmsProp.rate(.1).centered().momentum(.5).slots()).hasSize(3);
    assertThat(Adam.rate(.1).slots()).hasSize(2);
    assertThat(Adam.rate(.1).amsgrad().slots()).hasSize(3);
    assertThat(AdaGrad.rate(.1).slots()).containsExactly(new Optimizer.Slot("accumulator", .1));
  }

  @Test
  void amsgrad_afterALargeGradient_remembersIt() {
    try (Moves moves = new Moves(Adam.rate(.1).beta2(.5).amsgrad(), 1)) {
      moves.by(10).by(0).by(0);

      assertThat(moves.slot(1)[0]).isCloseTo(12.5, within(1e-12));
      assertThat(moves.slot(2)[0]).isCloseTo(50, within(1e-12));
    }
  }

  @Test
  void decay_withoutGradients_shrinksTheWeight() {
    try (Moves moves = new Moves(AdamW.rate(.1).decay(.5), 2, -4)) {
      assertThat(moves.by(0, 0).weight()).containsExactly(new double[] {1.9, -3.8}, within(1e-12));
    }
  }

  @Test
  void centered_ofAConstantGradient_doesNotFallBelowZeroUnderTheRoot() {
    try (Moves moves = new Moves(RmsProp.rate(1e-6).rho(.1).centered(), 1)) {
      for (int step = 0; step < 50; step++) {
        moves.by(1e8);
      }

      assertThat(moves.weight()[0]).isNotNaN();
    }
  }

  @Test
  void annealedMemory_thatLeavesItsRange_namesTheStep() {
    AnnealedAdam adam = Adam.rate(.1).beta2(step -> step < 2 ? .9 : 1.5);
    double[] numbers = new double[3];
    adam.scalars(2, 2, .1, numbers);

    assertThat(numbers[1]).isEqualTo(.9);
    assertThatThrownBy(() -> adam.scalars(3, 3, .1, numbers))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is not in [0, 1) in step 3: 1.5");
    assertThatThrownBy(() -> Adam.rate(.1).amsgrad().beta2(Schedules.constant(.9)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("AMSGrad takes no schedule of beta2");
  }

  @Test
  void recipes_areValues() {
    assertThat(Adam.rate(2e-4).beta1(.5))
        .isEqualTo(new Adam(new ConstantRate(2e-4), .5, .999, 1e-7, false));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-.1, 1, 1.2, Double.NaN})
  void fractions_outOfRange_areRefused(double value) {
    assertRefused(() -> Sgd.rate(.1).momentum(value), "momentum is not in [0, 1): " + value);
    assertRefused(() -> RmsProp.rate(.1).momentum(value), "momentum is not in [0, 1): " + value);
    assertRefused(() -> RmsProp.rate(.1).rho(value), "rho is not in [0, 1): " + value);
    assertRefused(() -> Adam.rate(.1).beta1(value), "beta1 is not in [0, 1): " + value);
    assertRefused(() -> Adam.rate(.1).beta2(value), "beta2 is not in [0, 1): " + value);
    assertRefused(() -> AdamW.rate(.1).beta1(value), "beta1 is not in [0, 1): " + value);
    assertRefused(() -> Adamax.rate(.1).beta2(value), "beta2 is not in [0, 1): " + value);
    assertRefused(() -> Nadam.rate(.1).beta1(value), "beta1 is not in [0, 1): " + value);
    assertRefused(() -> AdaBelief.rate(.1).beta2(value), "beta2 is not in [0, 1): " + value);
    assertRefused(() -> AdaDelta.rate(.1).rho(value), "rho is not in [0, 1): " + value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1e-8, 0, Double.NaN, Double.POSITIVE_INFINITY})
  void epsilons_outOfRange_areRefused(double value) {
    String message = "epsilon is not above 0: " + value;
    assertRefused(() -> RmsProp.rate(.1).epsilon(value), message);
    assertRefused(() -> Adam.rate(.1).epsilon(value), message);
    assertRefused(() -> AdamW.rate(.1).epsilon(value), message);
    assertRefused(() -> Adamax.rate(.1).epsilon(value), message);
    assertRefused(() -> Nadam.rate(.1).epsilon(value), message);
    assertRefused(() -> AdaGrad.rate(.1).epsilon(value), message);
    assertRefused(() -> AdaDelta.rate(.1).epsilon(value), message);
    assertRefused(() -> AdaBelief.rate(.1).epsilon(value), message);
  }

  @Test
  void otherSettings_outOfRange_areRefused() {
    assertRefused(() -> Adam.rate(-.1), "learning rate is not at least 0: -0.1");
    assertRefused(
        () -> AdaGrad.rate(.1).initial(-1), "initial accumulator is not at least 0: -1.0");
    assertRefused(() -> AdamW.rate(.1).decay(-1), "weight decay is not at least 0: -1.0");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
