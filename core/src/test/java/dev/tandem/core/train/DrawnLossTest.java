package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.times;
import static dev.tandem.core.train.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Tensors;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Sgd;
import java.util.List;
import java.util.Map;

/** Losses that are drawn, as outputs of a model, and compared with nothing. */
class DrawnLossTest {

  private static Training recipe(Engine engine) {
    return Training.with(Sgd.rate(0.1)).loss(Losses.output()).engine(engine);
  }

  @OnBothEngines
  void scalar_drawnFromTensors_isTheLoss(Engine engine) {
    Input x = Input.of("x", 1);
    Dense w = times("w", 2);
    SymbolicTensor loss = Tensors.mean(Tensors.square(Tensors.shift(w.apply(x), -1)));
    Trainer trainer = Model.of("m", x, loss).compile(recipe(engine));
    StepResult result = trainer.trainOnBatch(Examples.of(column(1, 2)));
    // (2 - 1)², (4 - 1)²; gradient mean of 2·1·1 and 2·3·2
    assertThat(result.loss()).isCloseTo(5, CLOSE);
    assertThat(weight(w)).isCloseTo(2 - 0.1 * 7, CLOSE);
    assertThat(trainer.testOnBatch(Examples.of(column(0))).loss()).isCloseTo(1, CLOSE);
  }

  @OnBothEngines
  void lossPerSample_mayBeWeighted(Engine engine) {
    Dense w = times("w", 2);
    Trainer trainer = Model.sequential("m", Input.of("x", 1), w).compile(recipe(engine));
    Examples examples = Examples.of(column(1, 3)).weights(Toys.row(1, 0));
    assertThat(trainer.trainOnBatch(examples).loss()).isCloseTo(1, CLOSE);
    assertThat(weight(w)).isCloseTo(2 - 0.1 * 0.5, CLOSE);
  }

  @OnBothEngines
  void stopGradient_blocksOneWay_andFreezingDoesNot(Engine engine) {
    Input x = Input.of("x", 1);
    Dense stopped = times("stopped", 2);
    Dense frozen = times("frozen", 3).trainable(false);
    Dense free = times("free", 5);
    SymbolicTensor product =
        Tensors.multiply(Tensors.stopGradient(stopped.apply(x)), frozen.apply(free.apply(x)));
    Trainer trainer = Model.of("m", x, Tensors.mean(product)).compile(recipe(engine));
    assertThat(trainer.trainOnBatch(Examples.of(column(1))).loss()).isCloseTo(30, CLOSE);
    assertThat(weight(stopped)).isEqualTo(2);
    assertThat(weight(frozen)).isEqualTo(3);
    assertThat(weight(free)).isCloseTo(5 - 0.1 * 6, CLOSE);
  }

  @OnBothEngines
  void severalDrawnLosses_addUpByName(Engine engine) {
    Input x = Input.of("x", 1);
    Dense w = times("w", 2);
    SymbolicTensor y = w.apply(x);
    SymbolicTensor linear = Tensors.mean(y);
    SymbolicTensor quadratic = Tensors.mean(Tensors.square(y));
    Model model = Model.of("m", List.of(x), List.of(linear, quadratic));
    List<String> names = model.outputs().keySet().asList();
    Trainer trainer =
        model.compile(
            Training.with(Sgd.rate(0.1))
                .loss(names.get(0), Losses.output())
                .loss(names.get(1), Losses.output())
                .lossWeight(names.get(1), 0.5)
                .engine(engine));
    StepResult result = trainer.trainOnBatch(Examples.of(column(1)));
    assertThat(result.loss()).isCloseTo(2 + 0.5 * 4, CLOSE);
    assertThat(result.losses()).isEqualTo(Map.of(names.get(0), 2.0, names.get(1), 4.0));
    assertThat(weight(w)).isCloseTo(2 - 0.1 * (1 + 0.5 * 4), CLOSE);
  }

  @OnBothEngines
  void gradientOfAnOutput_canBeALoss(Engine engine) {
    Input x = Input.of("x", 1);
    Dense w = times("w", 3);
    SymbolicTensor y = Tensors.square(w.apply(x));
    // the derivative of (w·x)² by x is 2·w²·x
    SymbolicTensor loss = Tensors.mean(Tensors.gradients(y, x));
    Trainer trainer = Model.of("m", x, loss).compile(recipe(engine));
    assertThat(trainer.trainOnBatch(Examples.of(column(1))).loss()).isCloseTo(18, CLOSE);
    assertThat(weight(w)).isCloseTo(3 - 0.1 * 12, CLOSE);
  }

  @OnBothEngines
  void drawnLoss_isFittedAndEvaluatedOnInputsAlone(Engine engine) {
    Input x = Input.of("x", 1);
    Dense w = times("w", 2);
    Trainer trainer =
        Model.of("m", x, Tensors.mean(Tensors.square(w.apply(x)))).compile(recipe(engine));
    Dataset data = Dataset.builder().input("any", column(1, 1, 1)).build();
    assertThat(trainer.evaluate(data, 2).get("loss")).isCloseTo(4, CLOSE);
    History history = trainer.fit(data, Fit.epochs(1).batchSize(2));
    // two samples at w = 2, one at 2 - .1 · 4
    assertThat(history.last("loss")).isCloseTo((2 * 4 + 1.6 * 1.6) / 3, CLOSE);
  }
}
