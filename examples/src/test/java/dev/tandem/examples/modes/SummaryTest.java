package dev.tandem.examples.modes;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableDoubleArray;
import dev.tandem.examples.cli.Mean;
import org.junit.jupiter.api.Test;

class SummaryTest {

  @Test
  void result_ofASeed_isALine() {
    assertThat(Reports.result(1, 8, 0.961, 0.0044))
        .hasToString(
            "ring8-pacgan r3gan seed=1 modes=8/8 hq=96.1 rkl=.004 rkl_over_floor=.003 steps=20000"
                + " seconds=61.0");
    assertThat(Reports.result(2, 0, 0, Double.NaN))
        .hasToString(
            "ring8-pacgan r3gan seed=2 modes=0/8 hq=0.0 rkl=NaN rkl_over_floor=NaN steps=20000"
                + " seconds=62.0");
  }

  @Test
  void summary_ofTwoSeeds_hasMeansAndTheirErrors() {
    Summary summary =
        new Summary(
            ImmutableList.of(
                Reports.result(1, 8, 0.96, 0.0014), Reports.result(2, 7, 0.98, 1.2014)));

    assertThat(summary)
        .hasToString(
            "ring8-pacgan r3gan seeds=2 modes=7.5±0.5/8 hq=97.0±1.0 rkl=.601±.600"
                + " rkl_over_floor=.600±.600 steps=20000 seconds=61.5±0.5");
  }

  @Test
  void summary_ofOneSeed_hasNoErrors() {
    Summary summary = new Summary(ImmutableList.of(Reports.result(1, 8, 0.961, 0.0004)));

    assertThat(summary)
        .hasToString(
            "ring8-pacgan r3gan seeds=1 modes=8.0/8 hq=96.1 rkl=.000 rkl_over_floor=-.001"
                + " steps=20000 seconds=61.0");
  }

  @Test
  void mean_ofNumbers_hasTheErrorOfTheMean() {
    Mean mean = Mean.of(ImmutableDoubleArray.of(1, 2, 6));

    assertThat(mean.value()).isEqualTo(3);
    assertThat(mean.standardError()).isEqualTo(Math.sqrt(14.0 / 2 / 3));
  }
}
