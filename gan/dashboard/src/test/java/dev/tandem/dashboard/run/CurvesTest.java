package dev.tandem.dashboard.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Curves with fewer points than there are lines. */
class CurvesTest {

  private static final double ALL = Double.POSITIVE_INFINITY;

  private static Columns columns(int rows) {
    Columns columns = new Columns();
    for (int i = 0; i < rows; i++) {
      double value = i == 7_777 ? 1_000 : i == 7_778 ? -1_000 : Math.sin(i * .001);
      Map<String, Double> line =
          i % 500 == 0
              ? Map.of("round", (double) i, "loss", value, "fid", (double) i)
              : Map.of("round", (double) i, "loss", value);
      columns.add(line);
    }
    return columns;
  }

  private static Curves curves(Columns columns, double from, double to, double smoothing) {
    List<String> names = List.of("loss", "fid", "nothing");
    return Curves.of(columns, new Curves.Query("round", names, from, to, 300, smoothing));
  }

  @Test
  void manyLines_areTwoValuesABucketWithEveryPeak() {
    Curves curves = curves(columns(100_000), -ALL, ALL, 0);

    double[] loss = curves.values().get("loss");
    assertThat(curves.rows()).isEqualTo(100_000);
    assertThat(curves.x()).hasSize(600).isSorted().startsWith(0).endsWith(99_999);
    assertThat(loss).hasSize(600);
    int peak = Arrays.stream(loss).boxed().toList().indexOf(1_000.0);
    assertThat(loss[peak + 1]).isEqualTo(-1_000); // in their order
    assertThat(curves.x()[peak]).isBetween(7_777 - 334.0, 7_777.0);
    assertThat(curves.values()).doesNotContainKey("nothing");
  }

  @Test
  void rareValues_areKeptWithTheirGaps() {
    double[] fid = curves(columns(100_000), -ALL, ALL, 0).values().get("fid");
    assertThat(Arrays.stream(fid).filter(value -> !Double.isNaN(value)).distinct().toArray())
        .hasSize(200)
        .isSorted();
  }

  @Test
  void part_ofTheAxis_isShownLineByLineWithANeighborAtBothEnds() {
    Curves part = curves(columns(100_000), 7_700, 7_800, 0);
    assertThat(part.x()).hasSize(103).startsWith(7_699).endsWith(7_801);
    assertThat(part.values().get("loss")[78]).isEqualTo(1_000);
    assertThat(curves(columns(10), 100, 200, 0).x()).containsExactly(9);
  }

  @Test
  void smoothing_startsAtTheFirstValueAndFollows() {
    Columns columns = new Columns();
    for (double value : new double[] {4, 0, 0}) {
      columns.add(Map.of("round", columns.rows() + 1.0, "loss", value));
    }
    double[] smooth = curves(columns, -ALL, ALL, .5).smooth().get("loss");
    assertThat(smooth[0]).isEqualTo(4);
    assertThat(smooth[1]).isEqualTo(4 / 3.0, within(1e-12));
    assertThat(smooth[2]).isEqualTo(4 / 7.0, within(1e-12));
  }

  @Test
  void run_withoutLines_hasNoCurves() {
    assertThat(curves(new Columns(), -ALL, ALL, 0).x()).isEmpty();
  }
}
