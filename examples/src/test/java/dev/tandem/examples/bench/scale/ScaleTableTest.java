package dev.tandem.examples.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.examples.bench.support.Figures;
import org.junit.jupiter.api.Test;

class ScaleTableTest {

  @Test
  void sizes_afterTheFirst_areMultiplesOfItsSamples() {
    ScaleTable table = new ScaleTable();
    table.add(new Size(64, 1, 1), 10_000_000, figures(6.4));
    table.add(new Size(128, 1, 1), 10_000_000, figures(9.6));
    table.add(new Size(64, 2, 1), 40_000_000, figures(25.6));
    table.add(new Size(512, 1, 1), "too large");

    assertThat(table.text())
        .contains("| 64    |    ×1 |    ×1 |         10.0 |    0.1000 |   100.0 |    1.00 |")
        .contains("| 128   |    ×1 |    ×1 |         10.0 |    0.0750 |   133.3 |    1.00 |   0.75")
        .contains("|         40.0 |    0.4000 |   100.0 |    4.00 |   4.00 |     321 |")
        .contains("too large");
  }

  private static Figures figures(double median) {
    return new Figures(median, median, median, 1, 321, median, 1);
  }
}
