package dev.tandem.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.op.random.NormalQuantile;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class CounterRandomTest {

  /** The first outputs for seed 1234567 in Rosetta Code, "Pseudo-random numbers/Splitmix64". */
  @Test
  void bits_areThoseOfSplitMix64() {
    CounterRandom random = new CounterRandom(1234567);

    assertThat(LongStream.rangeClosed(1, 5).map(random::bits).mapToObj(Long::toUnsignedString))
        .containsExactly(
            "6457827717110365317",
            "3203168211198807973",
            "9817491932198370423",
            "4593380528125082431",
            "16408922859458223821");
  }

  /** The check values that Wichura's paper gives for PPND16. */
  @ParameterizedTest
  @CsvSource({
    "0.25, -0.6744897501960817",
    "0.001, -3.090232306167814",
    "1e-20, -9.262340089798408"
  })
  void quantile_isThatOfAs241(double p, double expected) {
    assertThat(NormalQuantile.of(p)).isCloseTo(expected, within(1e-15 * Math.abs(expected)));
  }

  @Test
  void quantile_isOdd() {
    assertThat(NormalQuantile.of(0.5)).isZero();
    assertThat(NormalQuantile.of(0.75)).isCloseTo(-NormalQuantile.of(0.25), within(1e-15));
    assertThat(NormalQuantile.of(1 - 0x1.0p-52)).isBetween(8.0, 8.3);
  }

  @Test
  void uniform_hasMeanAndVarianceOfTheUnitInterval() {
    INDArray numbers = Nd4j.create(DataType.DOUBLE, 200_000);
    CounterRandom.of(1, 2, 3).uniform(numbers);

    assertThat(numbers.minNumber().doubleValue()).isGreaterThanOrEqualTo(0);
    assertThat(numbers.maxNumber().doubleValue()).isLessThan(1);
    assertThat(numbers.meanNumber().doubleValue()).isCloseTo(0.5, within(0.003));
    assertThat(numbers.varNumber().doubleValue()).isCloseTo(1 / 12.0, within(0.001));
  }

  @Test
  void normal_hasMomentsOfTheStandardNormal() {
    INDArray numbers = Nd4j.create(DataType.DOUBLE, 200_000);
    CounterRandom.of(1, 2, 3).normal(numbers);

    assertThat(numbers.meanNumber().doubleValue()).isCloseTo(0, within(0.01));
    assertThat(numbers.varNumber().doubleValue()).isCloseTo(1, within(0.02));
    INDArray fourth = numbers.mul(numbers).mul(numbers).mul(numbers);
    assertThat(fourth.meanNumber().doubleValue()).isCloseTo(3, within(0.1));
  }

  @Test
  void fill_inFloat32_roundsTheNumbers() {
    INDArray exact = Nd4j.create(DataType.DOUBLE, 100);
    INDArray rounded = Nd4j.create(DataType.FLOAT, 100);
    CounterRandom.of(4).normal(exact);
    CounterRandom.of(4).normal(rounded);
    assertThat(rounded.equalsWithEps(exact.castTo(DataType.FLOAT), 1e-6)).isTrue();

    CounterRandom.of(4).uniform(exact);
    CounterRandom.of(4).uniform(rounded);
    assertThat(rounded.equalsWithEps(exact.castTo(DataType.FLOAT), 1e-6)).isTrue();
    assertThat(rounded.maxNumber().doubleValue()).isLessThan(1);
  }

  @Test
  void of_theSameCounters_isTheSameStream() {
    assertThat(CounterRandom.of(1, 2, 3)).isEqualTo(CounterRandom.of(1, 2, 3));
    assertThat(CounterRandom.seedOf("generator")).isEqualTo(CounterRandom.seedOf("generator"));
  }

  @Test
  void of_otherCounters_areOtherStreams() {
    assertThat(
            new CounterRandom[] {
              CounterRandom.of(1, 2, 3),
              CounterRandom.of(1, 3, 2),
              CounterRandom.of(2, 1, 3),
              CounterRandom.of(1, 2, 4),
              CounterRandom.of(1, 2),
              CounterRandom.of(1, 2, 3, 0)
            })
        .doesNotHaveDuplicates();
    assertThat(CounterRandom.seedOf("ab")).isNotEqualTo(CounterRandom.seedOf("ba"));
  }

  @Test
  void of_neighbors_areUncorrelated() {
    INDArray first = Nd4j.create(DataType.DOUBLE, 100_000);
    INDArray second = Nd4j.create(DataType.DOUBLE, 100_000);
    CounterRandom.of(1, 2, 3).normal(first);
    CounterRandom.of(1, 3, 3).normal(second);

    assertThat(first.mul(second).meanNumber().doubleValue()).isCloseTo(0, within(0.015));
  }
}
