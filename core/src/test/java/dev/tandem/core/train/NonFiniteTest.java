package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.assertUnmoved;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.descent;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.row;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Sgd;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A loss that is no number is explained, and nothing has moved. */
class NonFiniteTest {

  private static final String UNTOUCHED = ". Weights and state are as they were before the step";

  private static NonFiniteException failure(Trainer trainer, Examples examples) {
    Map<String, double[]> before = values(trainer.model());
    long steps = trainer.steps();
    NonFiniteException e =
        catchThrowableOfType(NonFiniteException.class, () -> trainer.trainOnBatch(examples));
    assertUnmoved(trainer.model(), before);
    assertThat(trainer.steps()).isEqualTo(steps);
    assertThat(trainer.state().isBetweenSteps()).isTrue();
    assertThat(e.step()).isEqualTo(steps + 1);
    return e;
  }

  @OnBothEngines
  void nan_inAnInput_isFoundByElement(Engine engine) {
    Trainer trainer =
        Toys.normNet()
            .compile(Training.with(Adam.rate(0.1)).loss(Losses.meanSquaredError()).engine(engine));
    INDArray x = normal(1, 4, 2);
    INDArray y = normal(2, 4, 3);
    trainer.trainOnBatch(x, y);
    INDArray bad = x.dup();
    bad.putScalar(new long[] {2, 1}, Double.NaN);
    assertThat(failure(trainer, Examples.of(bad, y)))
        .hasMessage(
            "Model \"norm_net\": in step 2 input \"x\" holds NaN at (2, 1) of (4, 2), in row 2; clean"
                + " the data"
                + UNTOUCHED);
    trainer.trainOnBatch(x, y);
    assertThat(trainer.steps()).isEqualTo(2);
  }

  @OnBothEngines
  void infinity_inATargetOrWeight_isFoundByElement(Engine engine) {
    Trainer trainer = Toys.line(1).compile(descent(0.1).engine(engine));
    assertThat(failure(trainer, Examples.of(column(1, 2), column(1, 1.0 / 0))))
        .hasMessage(
            "Model \"line\": in step 1 target of \"w\" holds Infinity at (1, 0) of (2, 1), in row 1;"
                + " clean the data, or give what is missing a sample weight of 0"
                + UNTOUCHED);
    Examples weighted = Examples.of(column(1, 2), column(0, 0)).weights(row(1, -1.0 / 0));
    assertThat(failure(trainer, weighted))
        .hasMessageContaining("sample weights of \"w\" holds -Infinity at (1,) of (2,)");
  }

  @OnBothEngines
  void nan_madeByAnOp_isNamedWithItsLayer(Engine engine) {
    Input x = Input.of("x", 1);
    Model model =
        Model.of(
            "m",
            x,
            Toys.times("after", 2)
                .apply(
                    Lambda.of("logarithm", (ops, in) -> ops.log(in.get(0)))
                        .apply(Toys.times("before", 1).apply(x))));
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    assertThat(failure(trainer, Examples.of(column(1, -1), column(0, 0))))
        .hasMessage(
            "Model \"m\": the loss is NaN in step 1: first made by op log in \"logarithm\"; keep what"
                + " it is applied to where it and its slope are finite, lower the learning rate, or"
                + " clip gradients"
                + UNTOUCHED);
  }

  @OnBothEngines
  void overflow_inTheLoss_isNamed(Engine engine) {
    Trainer trainer = Toys.line(1).compile(descent(0.1).engine(engine));
    assertThat(failure(trainer, Examples.of(column(1e30), column(0))))
        .hasMessageContaining("the loss is Infinity in step 1: first made by op square in")
        .hasMessageContaining("loss of w");
  }

  @OnBothEngines
  void nan_inAWeight_isNamedAsOfBefore(Engine engine) {
    Model model = Toys.line(1);
    Trainer trainer =
        model.compile(Training.with(Sgd.rate(0.1)).loss(Losses.output()).engine(engine));
    model.layer("w").weight("kernel").set(column(0.0 / 0));
    assertThat(failure(trainer, Examples.of(column(1))))
        .hasMessageContaining(
            "weight \"w/kernel\" holds NaN at (0, 0) of (1, 1) already, from a gradient of an"
                + " earlier step or from where it was set");
  }
}
