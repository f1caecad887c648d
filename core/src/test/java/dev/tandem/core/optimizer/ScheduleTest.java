package dev.tandem.core.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Schedules against the numbers of Keras 3.15.1. */
class ScheduleTest {

  static Stream<Arguments> table() {
    return Stream.of(
        row(Schedules.constant(.1), 0, .1, 1000, .1),
        row(
            Schedules.piecewise(List.of(3L, 6L), List.of(1.0, .5, .1)),
            0,
            1,
            3,
            1,
            4,
            .5,
            6,
            .5,
            7,
            .1,
            100,
            .1),
        row(
            Schedules.exponentialDecay(.1, 10, .5),
            0,
            .1,
            5,
            .0707106781187,
            10,
            .05,
            15,
            .0353553390593,
            100,
            9.765625e-5),
        row(
            Schedules.exponentialDecay(.1, 10, .5).inSteps(),
            0,
            .1,
            9,
            .1,
            10,
            .05,
            19,
            .05,
            20,
            .025),
        row(Schedules.linearDecay(.1, 10, .02), 0, .1, 5, .06, 10, .02, 20, .02),
        row(Schedules.polynomialDecay(.1, 10, .02, 2), 0, .1, 5, .04, 10, .02, 20, .02),
        row(Schedules.cosineDecay(.1, 10, .02), 0, .1, 1, .0980422645807, 5, .06, 10, .02, 20, .02),
        row(Schedules.cosineDecay(.1, 10), 5, .05, 10, 0),
        row(
            Schedules.cosineRestarts(.1, 4, .02).shrink(.5),
            0,
            .1,
            1,
            .0882842731476,
            3,
            .0317157292366,
            4,
            .06,
            8,
            .04,
            11,
            .0215224099159,
            12,
            .04,
            20,
            .03,
            27,
            .0201921468973,
            28,
            .03),
        row(
            Schedules.cosineRestarts(.1, 4).stretch(1),
            0,
            .1,
            2,
            .05,
            4,
            .1,
            6,
            .05,
            7,
            .0146446615458,
            8,
            .1),
        row(
            Schedules.warmUp(4, Schedules.cosineDecay(.1, 10, .02)),
            0,
            0,
            1,
            .025,
            3,
            .075,
            4,
            .1,
            9,
            .06,
            14,
            .02,
            30,
            .02),
        row(new WarmUp(2, .1, Schedules.constant(.2)), 0, .1, 1, .15, 2, .2, 3, .2));
  }

  private static Arguments row(Schedule schedule, double... stepsAndRates) {
    return Arguments.of(schedule, stepsAndRates);
  }

  @ParameterizedTest
  @MethodSource("table")
  void at_step_isKerasRate(Schedule schedule, double[] stepsAndRates) {
    for (int i = 0; i < stepsAndRates.length; i += 2) {
      assertThat(schedule.at((long) stepsAndRates[i]))
          .as("at " + stepsAndRates[i])
          .isCloseTo(stepsAndRates[i + 1], within(1e-8));
    }
  }

  @Test
  void cosineRestarts_farOut_stillEnd() {
    assertThat(Schedules.cosineRestarts(.1, 1).stretch(1).at(Long.MAX_VALUE / 2)).isFinite();
    assertThat(Schedules.cosineRestarts(.1, 1).at(Long.MAX_VALUE / 2)).isFinite();
  }

  @Test
  void settings_outOfRange_areRefused() {
    assertRefused(() -> Schedules.constant(Double.NaN), "learning rate is not at least 0: NaN");
    assertRefused(
        () -> Schedules.piecewise(List.of(3L), List.of(.1)),
        "rates are not one more than boundaries: [0.1] for [3]");
    assertRefused(
        () -> Schedules.piecewise(List.of(3L, 3L), List.of(.1, .2, .3)),
        "boundaries do not rise: [3, 3]");
    assertRefused(() -> Schedules.exponentialDecay(.1, 0, .5), "decay steps is not at least 1: 0");
    assertRefused(() -> Schedules.exponentialDecay(.1, 5, 0), "decay factor is not above 0: 0.0");
    assertRefused(
        () -> Schedules.linearDecay(.1, 5, -.1), "last learning rate is not at least 0: -0.1");
    assertRefused(() -> Schedules.polynomialDecay(.1, 5, 0, 0), "power is not above 0: 0.0");
    assertRefused(
        () -> Schedules.cosineRestarts(.1, 5).stretch(.5), "stretch is not at least 1: 0.5");
    assertRefused(() -> Schedules.cosineRestarts(.1, 5).shrink(0), "shrink is not above 0: 0.0");
    assertRefused(
        () -> Schedules.warmUp(0, Schedules.constant(.1)), "warm-up steps is not at least 1: 0");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }
}
