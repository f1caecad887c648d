package dev.tandem.examples.bench.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static final List<String> LINES =
      List.of(
          "a native library's remark",
          "torch ring 7.654 6.191 10.801 121.55 264",
          "# torch ring first_step_s=3.07 p99_ms=12.5 losses first=[1.3733, 0.7129] finite=true");

  @Test
  void lines_ofAProgram_areRead() {
    assertThat(Figures.read("torch ring", LINES))
        .contains(new Figures(7.654, 6.191, 10.801, 121.55, 264, 12.5, 3.07));
  }

  @Test
  void lines_ofAnotherLabel_areNotRead() {
    assertThat(Figures.read("torch mlp", LINES)).isEmpty();
    assertThat(Figures.read("torch", LINES)).isEmpty();
    assertThat(Figures.read("torch+channelslast ring", LINES)).isEmpty();
  }

  @Test
  void line_cutShort_isNotRead() {
    assertThat(Figures.read("torch ring", List.of("torch ring 7.654 6.191"))).isEmpty();
  }

  @Test
  void medians_ofRounds_areThoseOfEachFigure() {
    Figures odd =
        Figures.median(
            List.of(all(5), all(1), new Figures(3, 30, 300, 3000, 30000, 300000, 3000000)));
    Figures even = Figures.median(List.of(all(4), all(1)));

    assertThat(odd).isEqualTo(new Figures(3, 5, 5, 5, 5, 5, 5));
    assertThat(even).isEqualTo(all(2.5));
  }

  private static Figures all(double number) {
    return new Figures(number, number, number, number, number, number, number);
  }
}
