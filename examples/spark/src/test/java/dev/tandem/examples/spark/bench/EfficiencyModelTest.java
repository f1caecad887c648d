package dev.tandem.examples.spark.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** The model of efficiency by values that are known otherwise. */
class EfficiencyModelTest {

  @Test
  void largestOfNormalNumbers_isAsInTables() {
    assertThat(EfficiencyModel.largestOf(1)).isCloseTo(0, within(1e-4));
    assertThat(EfficiencyModel.largestOf(2)).isCloseTo(1 / Math.sqrt(Math.PI), within(1e-4));
    assertThat(EfficiencyModel.largestOf(64)).isCloseTo(2.3927, within(1e-3));
  }

  @Test
  void efficiency_ofARoundWithoutExchange_isThatOfTheSlowest() {
    EfficiencyModel.Net silent = new EfficiencyModel.Net("silent", 100, 0, 0);
    double slowest = 1 + .05 / Math.sqrt(Math.PI);
    assertThat(EfficiencyModel.efficiency(silent, 2, 10, 1)).isCloseTo(1 / slowest, within(1e-4));
    EfficiencyModel.Net busy = new EfficiencyModel.Net("busy", 100, 10, 1);
    // 2 · 1/2 · 10 MB · (1.5 + .8) ms and 2 · .3 + 2 · .05 ms of messages
    assertThat(EfficiencyModel.efficiency(busy, 2, 10, 1))
        .isCloseTo(100 / (100 * slowest + 23 + .7), within(1e-4));
  }
}
