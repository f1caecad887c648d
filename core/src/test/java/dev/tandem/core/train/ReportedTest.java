package dev.tandem.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** Names of reported numbers that would stand for two. */
class ReportedTest {

  private static final Training RECIPE = Training.with(Sgd.rate(0.1)).seed(1);

  private static Model model(String first, String second) {
    Input x = Input.of("x", 2);
    return Model.of(
        "m",
        List.of(x),
        List.of(Dense.units(1).named(first).apply(x), Dense.units(1).named(second).apply(x)));
  }

  private static Dataset data(String first, String second) {
    return Dataset.builder()
        .input("x", Nd4j.ones(4, 2))
        .target(first, Nd4j.ones(4, 1))
        .target(second, Nd4j.ones(4, 1))
        .build();
  }

  @Test
  void fit_whereTheLossOfAnOutputIsCalledAsThatOfValidation_isRefusedBeforeTheFirstStep() {
    Training recipe =
        RECIPE.loss("val", Losses.meanSquaredError()).loss("policy", Losses.meanSquaredError());
    try (Trainer trainer = model("val", "policy").compile(recipe)) {
      Dataset data = data("val", "policy");

      assertThatThrownBy(() -> trainer.fit(data, Fit.epochs(1).batchSize(2).validation(data)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Model \"m\" would report the loss of output \"val\" and the total loss on validation"
                  + " data both as \"val_loss\"; give the output's layer another name");
      assertThat(trainer.steps()).isZero();
      assertThat(trainer.fit(data, Fit.epochs(1).batchSize(2)).last("val_loss")).isPositive();
    }
  }

  @Test
  void compile_whereTwoMetricsHaveOneName_isRefused() {
    Model model = model("a", "a_binary");
    Training recipe =
        RECIPE
            .loss("a", Losses.meanSquaredError())
            .metrics("a", Metrics.binaryAccuracy())
            .metrics("a_binary", Metrics.accuracy());

    assertThatThrownBy(() -> model.compile(recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("both as \"a_binary_accuracy\"");
  }
}
