package dev.tandem.core.train.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.Toys;
import dev.tandem.core.train.Trainer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

  private Progress shown(long steps) {
    return new Progress(
        "gan", steps, true, () -> new DelegatingProgressBarConsumer(lines::add, 120));
  }

  @Test
  void line_saysStepsRateAndLosses() {
    try (Progress progress = shown(20).labels("d", "g").phase("epoch 1 of 1")) {
      for (int i = 0; i < 20; i++) {
        progress.step(0.5, 1.25);
      }
    }
    assertThat(lines).isNotEmpty();
    assertThat(lines.get(lines.size() - 1))
        .startsWith("gan")
        .contains("100%")
        .contains("20/20")
        .contains("steps/s")
        .contains("steps/s epoch 1 of 1, d 0.5000, g 1.250");
  }

  @Test
  void line_ofAResumedLoop_beginsWhereItWas() {
    try (Progress progress = shown(20).startingAt(15)) {
      progress.step(1);
      assertThat(progress.done()).isEqualTo(16);
    }
    assertThat(lines.get(lines.size() - 1)).contains("16/20").contains("loss 1.000");
  }

  @Test
  void progress_withoutATerminal_isSilentAndCounts() {
    try (Progress progress = Progress.silent()) {
      progress.step(1);
      progress.step(2);
      assertThat(progress.done()).isEqualTo(2);
    }
    assertThat(lines).isEmpty();
  }

  @Test
  void text_withoutLabels_callsLossesLosses() {
    assertThat(Progress.silent().text(0.001234567, 1234567))
        .isEqualTo("loss 0.001235, loss 1.235e+06");
    assertThat(Progress.silent().phase("warming up").text()).isEqualTo("warming up");
  }

  @Test
  void steps_belowZero_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Progress.of("gan", -1))
        .withMessage("number of steps is not at least 0: -1");
  }

  @Test
  void bar_ofAFit_saysTheEpochAndCountsAllSteps() {
    Trainer trainer = Toys.line(1).compile(Toys.descent(0.1));
    Dataset data =
        Dataset.builder().input("x", Toys.column(1, 2)).target("w", Toys.column(0, 0)).build();
    Fit how = Fit.epochs(3).batchSize(1).callbacks(new ProgressBar(this::shown));
    trainer.fit(data, how.from(BatchPosition.startOf(1)));
    assertThat(lines.get(lines.size() - 1)).contains("6/6").contains("epoch 3 of 3, loss ");
    lines.clear();
    trainer.fit(data, Fit.epochs(1).callbacks(ProgressBar.of("no terminal")));
    assertThat(lines).isEmpty();
  }
}
