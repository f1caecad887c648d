package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.times;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.tandem.core.graph.Input;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Recipes that do not fit a model are refused when it is compiled. */
class TrainingTest {

  private static final Training NONE = Training.with(Sgd.rate(0.1));

  private static Model twoHeads() {
    Input x = Input.of("x", 1);
    return Model.of("two", List.of(x), List.of(times("a", 1).apply(x), times("b", 1).apply(x)));
  }

  private static void assertRefused(Model model, Training recipe, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.compile(recipe))
        .withMessage(message);
  }

  @Test
  void recipe_withoutALoss_isRefused() {
    assertRefused(
        twoHeads(),
        NONE,
        "Model \"two\" was compiled without a loss; add loss(...) to the recipe, one of"
            + " dev.tandem.core.loss.Losses, for one of its outputs [a, b]");
  }

  @Test
  void loss_ofAnUnknownOutput_isRefused() {
    assertRefused(
        twoHeads(),
        NONE.loss("c", Losses.meanSquaredError()),
        "Model \"two\" has no output \"c\" for a loss; it has [a, b]");
  }

  @Test
  void loss_withoutANameForTwoOutputs_isRefused() {
    assertRefused(
        twoHeads(),
        NONE.loss(Losses.meanSquaredError()),
        "Model \"two\" has 2 outputs [a, b]; say which one each loss is for");
  }

  @Test
  void metricsAndWeights_ofUnknownOutputs_areRefused() {
    Training loss = NONE.loss("a", Losses.meanSquaredError());
    assertRefused(
        twoHeads(),
        loss.metrics("c", Metrics.meanSquaredError()),
        "Model \"two\" has no output \"c\" for a metric; it has [a, b]");
    assertRefused(
        twoHeads(),
        loss.lossWeight("c", 2),
        "Model \"two\" has no output \"c\" for a loss weight; it has [a, b]");
  }

  @Test
  void lossWeight_withoutALoss_isRefused() {
    assertRefused(
        twoHeads(),
        NONE.loss("a", Losses.meanSquaredError()).lossWeight("b", 2),
        "Model \"two\" has a loss weight for its output \"b\" and no loss; add one or leave the"
            + " weight out");
  }

  @Test
  void loss_ofOneOutputTwice_isRefused() {
    assertThatIllegalStateException()
        .isThrownBy(() -> NONE.loss("a", Losses.meanSquaredError()).loss("a", Losses.output()))
        .withMessageStartingWith("the loss of \"a\" was already set to MeanSquaredError");
    assertRefused(
        Toys.line(1),
        NONE.loss("w", Losses.meanSquaredError()).loss(Losses.output()),
        "Model \"line\" has one output \"w\" and a loss for it with and without its name; leave one"
            + " of them out");
  }

  @Test
  void metric_ofOneOutputTwice_isRefused() {
    assertRefused(
        Toys.line(1),
        NONE.loss(Losses.meanSquaredError())
            .metrics(Metrics.meanSquaredError(), Metrics.meanSquaredError()),
        "Model \"line\" reports \"mean_squared_error\" twice for its output \"w\"; leave one of the"
            + " two out");
  }

  @Test
  void lossWeight_thatIsNoNumber_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NONE.lossWeight("a", Double.NaN))
        .withMessage("loss weight of \"a\" is not a finite number: NaN");
  }
}
