package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.descent;
import static dev.tandem.core.train.Toys.line;
import static dev.tandem.core.train.Toys.row;
import static dev.tandem.core.train.Toys.times;
import static dev.tandem.core.train.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Weights of samples, classes and losses, by hand. */
class WeightedLossTest {

  @OnBothEngines
  void sampleWeights_multiplyEachLossBeforeTheMean(Engine engine) {
    Model model = line(3);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    Examples examples = Examples.of(column(1, 1), column(2, 0)).weights(row(4, 0.5));
    StepResult result = trainer.trainOnBatch(examples);
    // losses 1 and 9; gradients 2 and 6
    assertThat(result.loss()).isCloseTo((4 * 1 + 0.5 * 9) / 2, CLOSE);
    assertThat(weight(model)).isCloseTo(3 - 0.1 * (4 * 2 + 0.5 * 6) / 2, CLOSE);
    assertThat(trainer.testOnBatch(Examples.of(column(1), column(0)).weights(row(0))).loss())
        .isZero();
  }

  @OnBothEngines
  void sampleWeights_comingAndGoing_areLookedAtStepByStep(Engine engine) {
    Model model = line(1);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    trainer.trainOnBatch(Examples.of(column(1), column(0)).weights(row(0)));
    assertThat(weight(model)).isEqualTo(1);
    trainer.trainOnBatch(column(1), column(0));
    assertThat(weight(model)).isCloseTo(0.8, CLOSE);
    trainer.trainOnBatch(Examples.of(column(1), column(0)).weights("w", row(5)));
    assertThat(weight(model)).isCloseTo(0, CLOSE);
  }

  @Test
  void classWeights_forSeveralTargets_areRefused() {
    Input x = Input.of("x", 1);
    Model two =
        Model.of("two", List.of(x), List.of(times("a", 1).apply(x), times("b", 1).apply(x)));
    Trainer trainer =
        two.compile(
            Training.with(Sgd.rate(0))
                .loss("a", Losses.meanSquaredError())
                .loss("b", Losses.meanSquaredError()));
    Dataset data =
        Dataset.builder()
            .input("x", column(1))
            .target("a", column(1))
            .target("b", column(1))
            .build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.fit(data, Fit.epochs(1).classWeights(Map.of(1, 2.0))))
        .withMessageStartingWith(
            "class weights are for a model with one target, and Model \"two\"");
  }

  @Test
  void classWeight_belowZero_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Fit.epochs(1).classWeights(Map.of(1, -2.0)))
        .withMessage("weight of class 1 is not at least 0 and finite: -2.0");
  }

  @Test
  void sampleWeights_ofALossThatIsOneNumber_areRefused() {
    Input x = Input.of("x", 1);
    Model model = Model.of("m", x, Tensors.mean(times("w", 2).apply(x)));
    String output = model.outputs().keySet().iterator().next();
    Trainer trainer = model.compile(Training.with(Sgd.rate(0.1)).loss(Losses.output()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.trainOnBatch(Examples.of(column(1)).weights(row(2))))
        .withMessage(
            "the loss of output \""
                + output
                + "\" is float32 (), not one number for each of the 1"
                + " samples: it cannot be weighted by sample");
  }

  @Test
  void loss_thatIsNoNumberPerSample_isRefused() {
    Trainer trainer =
        line(1)
            .compile(
                Training.with(Sgd.rate(0.1))
                    .loss((ops, prediction, target) -> ops.subtract(prediction, target)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.trainOnBatch(column(1, 2), column(1, 2)))
        .withMessage(
            "the loss of output \"w\" gives float32 (2, 1), not one number for each sample or for"
                + " all; average it over the other axes");
  }
}
