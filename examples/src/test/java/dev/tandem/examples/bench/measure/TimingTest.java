package dev.tandem.examples.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TimingTest {

  @Test
  void quantile_betweenTwoSteps_isInterpolated() {
    Timing timing = new Timing(new double[] {4, 1, 3, 2});

    assertThat(timing.median()).isEqualTo(2.5);
    assertThat(timing.quantile(0.1)).isEqualTo(1.3, within(1e-12));
    assertThat(timing.quantile(1)).isEqualTo(4);
  }

  @Test
  void quantile_ofOneStep_isThatStep() {
    assertThat(new Timing(new double[] {7}).quantile(0.9)).isEqualTo(7);
  }

  @Test
  void stepsPerSecond_withAPause_showsIt() {
    assertThat(new Timing(new double[] {10, 10, 980}).stepsPerSecond()).isEqualTo(3);
  }
}
