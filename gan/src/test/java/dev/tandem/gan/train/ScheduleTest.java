package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Who steps when, and how an average follows. */
class ScheduleTest {

  @Test
  void steps_ofFractions_comeInSomeRounds() {
    Alternation schedule = Alternation.alternating().discriminatorSteps(1.5).generatorSteps(0.4);

    assertThat(IntStream.range(0, 6).map(schedule::discriminatorStepsIn))
        .containsExactly(1, 2, 1, 2, 1, 2);
    assertThat(IntStream.range(0, 10).map(schedule::generatorStepsIn))
        .containsExactly(0, 0, 1, 0, 1, 0, 0, 1, 0, 1);
  }

  @Test
  void steps_ofAFractionThatIsNoBinaryNumber_addUp() {
    Alternation schedule = Alternation.alternating().generatorSteps(0.1);

    for (long rounds : new long[] {10, 1000, 1_000_000}) {
      assertThat(LongStream.range(0, rounds).mapToInt(schedule::generatorStepsIn).sum())
          .isEqualTo((int) (rounds / 10));
    }
  }

  @Test
  void schedule_ofNothing_isRefused() {
    assertThatThrownBy(() -> Alternation.alternating().generatorSteps(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("steps of the generator per round are not in (0, 1000000): 0.0");
    assertThatThrownBy(() -> Alternation.alternating().accumulating(0))
        .hasMessage("number of accumulated batches is not at least 1: 0");
  }

  @Test
  void decay_ofAverages_isThatByHand() {
    assertThat(WeightAverage.decay(0.9).decay(1, 64, 64)).isEqualTo(0.9);
    assertThat(WeightAverage.rampedDecay(0.9).decay(1, 64, 64)).isCloseTo(2.0 / 11, within(1e-12));
    assertThat(WeightAverage.rampedDecay(0.9).decay(1000, 64, 64)).isEqualTo(0.9);
    // after 1,000 images at most 50 count, of which a batch of 50 leaves half
    assertThat(WeightAverage.halfLife(200, 0.05).decay(1, 1000, 50)).isCloseTo(0.5, within(1e-12));
    assertThat(WeightAverage.halfLife(200, 0.05).decay(1, 100_000, 200))
        .isCloseTo(0.5, within(1e-12));
    assertThatThrownBy(() -> WeightAverage.decay(1))
        .hasMessage("decay of the average is not in [0, 1): 1.0");
  }
}
