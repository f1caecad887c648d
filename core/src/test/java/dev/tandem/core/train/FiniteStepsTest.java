package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.assertUnmoved;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.descent;
import static dev.tandem.core.train.Toys.normal;
import static dev.tandem.core.train.Toys.row;
import static dev.tandem.core.train.Toys.times;
import static dev.tandem.core.train.Toys.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tandem.core.EveryEngine;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.GlobalMaxPooling2D;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.MaxPooling2D;
import dev.tandem.core.loss.Loss;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.metric.Metrics;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.optimizer.Sgd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** No step passes NaN or infinity on, and one that met them has changed nothing. */
class FiniteStepsTest {

  private static final double NAN = Double.NaN;
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  /** All that a step can move: weights, state, optimizer slots, the count. */
  private static List<double[]> everything(Trainer trainer) {
    List<double[]> all = new ArrayList<>(values(trainer.model()).values());
    for (TrainedWeight moved : trainer.moved()) {
      moved.slots().forEach(slot -> all.add(slot.array().dup().data().asDouble()));
    }
    all.add(new double[] {trainer.steps()});
    return all;
  }

  private static NonFiniteException refusal(Trainer trainer, Examples examples) {
    List<double[]> before = everything(trainer);
    NonFiniteException e =
        catchThrowableOfType(NonFiniteException.class, () -> trainer.trainOnBatch(examples));
    assertThat(e).as("a refusal").isNotNull();
    assertThat(everything(trainer)).usingRecursiveComparison().isEqualTo(before);
    return e;
  }

  /** Nets in which NaN used to get lost, each with a loss. */
  static Stream<Arguments> nets() {
    Map<String, Supplier<Training>> losses =
        Map.of(
            "mse", () -> loss(Losses.meanSquaredError()),
            "hinge", () -> loss(Losses.hinge()),
            "squared hinge", () -> loss(Losses.squaredHinge()),
            "huber", () -> loss(Losses.huber()),
            "binary crossentropy", () -> loss(Losses.binaryCrossentropy()),
            "categorical crossentropy", () -> loss(Losses.categoricalCrossentropy()),
            "categorical hinge", () -> loss(Losses.categoricalHinge()),
            "kl divergence", () -> loss(Losses.klDivergence()));
    List<String> activations =
        List.of("swish", "relu", "leaky_relu", "elu", "gelu", "sigmoid", "softmax", "softplus");
    List<Arguments> all = new ArrayList<>();
    for (Engine engine : EveryEngine.all().toList()) {
      losses.forEach(
          (name, training) -> {
            all.add(Arguments.of(name, "relu", training.get().engine(engine)));
            all.add(Arguments.of(name, "sigmoid", training.get().engine(engine)));
          });
      for (String activation : activations) {
        all.add(Arguments.of("mse", activation, loss(Losses.meanSquaredError()).engine(engine)));
      }
    }
    return all.stream();
  }

  private static Training loss(Loss loss) {
    return Training.with(Adam.rate(0.1)).loss(loss).checkingExamples(false);
  }

  private static dev.tandem.core.activation.Activation activation(String name) {
    return switch (name) {
      case "relu" -> Activations.relu();
      case "leaky_relu" -> Activations.leakyRelu(0.2);
      case "elu" -> Activations.elu();
      case "gelu" -> Activations.gelu();
      case "sigmoid" -> Activations.sigmoid();
      case "softmax" -> Activations.softmax();
      case "softplus" -> Activations.softplus();
      default -> Activations.swish();
    };
  }

  @ParameterizedTest(name = "{1} and {0}, {2}")
  @MethodSource("nets")
  void nan_inAnInputThatNobodyLookedAt_changesNothing(
      String loss, String activation, Training training) {
    Model model =
        Model.sequential(
            "net",
            Input.of("x", 2),
            Dense.units(3).activation(activation(activation)).named("h"),
            Dense.units(2).activation(Activations.sigmoid()).named("out"));
    Trainer trainer = model.initialize(3).compile(training);
    INDArray x = Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}, {1, -1}});
    INDArray y = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {1, 0}});
    trainer.trainOnBatch(x, y);
    INDArray bad = x.dup();
    bad.putScalar(1, 1, Float.NaN);

    assertThat(refusal(trainer, Examples.of(bad, y)))
        .hasMessageContaining("input \"x\" holds NaN at (1, 1) of (3, 2), in row 1");
    trainer.trainOnBatch(x, y);
    assertThat(trainer.steps()).isEqualTo(2);
  }

  @OnBothEngines
  void nan_inAPicture_passesNoPooling(Engine engine) {
    Model model =
        Model.sequential(
            "net",
            Input.of("x", 8, 8, 2),
            Conv2D.filters(4).kernel(3).activation(Activations.relu()).named("conv"),
            BatchNormalization.of().named("norm"),
            MaxPooling2D.window(2).named("pool"),
            Conv2D.filters(4).kernel(2).activation(Activations.relu()).named("conv2"),
            GlobalMaxPooling2D.of().named("global"),
            Dense.units(1).named("out"));
    Trainer trainer =
        model
            .initialize(3)
            .compile(loss(Losses.meanSquaredError()).engine(engine).clip(Clippings.byValue(1)));
    INDArray x = normal(1, 4, 8, 8, 2);
    x.putScalar(new long[] {2, 3, 3, 1}, Float.NaN);
    assertThat(refusal(trainer, Examples.of(x, column(1, 0, 1, 0))))
        .hasMessageContaining("input \"x\" holds NaN at (2, 3, 3, 1) of (4, 8, 8, 2), in row 2");
  }

  @OnBothEngines
  void infinity_behindASigmoid_isRefusedByItsGradient(Engine engine) {
    for (var squashed : List.of(Activations.sigmoid(), Activations.tanh())) {
      Model model =
          Model.sequential("net", Input.of("x", 1), Dense.units(1).activation(squashed).named("h"));
      Trainer trainer = model.initialize(3).compile(loss(Losses.meanSquaredError()).engine(engine));
      assertThat(refusal(trainer, Examples.of(column(1, INFINITY), column(1, 1))))
          .hasMessageContaining(
              "the gradient of \"h/kernel\" holds NaN at (0, 0) of (1, 1) behind a")
          .hasMessageContaining("finite loss in step 1: input \"x\" holds Infinity at (1, 0)");
    }
  }

  @OnBothEngines
  void nanGradient_behindAFiniteLoss_isRefusedWithItsOp(Engine engine) {
    Input x = Input.of("x", 1);
    Model model =
        Model.of(
            "m",
            x,
            Lambda.of("root", (ops, in) -> ops.sqrt(ops.square(in.get(0))))
                .apply(times("w", 0).apply(x)));
    for (Training training : List.of(descent(0.1), descent(0.1).clip(Clippings.byGlobalNorm(1)))) {
      Trainer trainer = model.compile(training.engine(engine));
      assertThat(refusal(trainer, Examples.of(column(1), column(1))))
          .hasMessageStartingWith(
              "Model \"m\": the gradient of \"w/kernel\" holds NaN at (0, 0) of (1, 1) behind a"
                  + " finite loss in step 1: first made by op divide in \"root\"");
    }
  }

  @OnBothEngines
  void nanInALaterPartOfAStep_dropsTheStep(Engine engine) {
    Model model = Toys.line(1);
    Trainer trainer = model.compile(descent(0.1).checkingExamples(false).engine(engine));
    trainer.gradients(Examples.of(column(1), column(0)));
    assertThatThrownBy(() -> trainer.gradients(Examples.of(column(NAN), column(0))))
        .isInstanceOf(NonFiniteException.class);
    assertThatThrownBy(trainer::update).isInstanceOf(IllegalStateException.class);
    assertThat(Toys.weight(model)).isEqualTo(1);
    trainer.trainOnBatch(column(1), column(0));
    assertThat(Toys.weight(model)).isCloseTo(0.8, Toys.CLOSE);
  }

  @OnBothEngines
  void examplesThatAreRefused_leaveGradientsAtHand(Engine engine) {
    Model model = Toys.line(1);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    trainer.gradients(Examples.of(column(1), column(0)));
    assertThatThrownBy(() -> trainer.gradients(Examples.of(column(NAN), column(0))))
        .isInstanceOf(NonFiniteException.class);
    trainer.update();
    assertThat(Toys.weight(model)).isCloseTo(0.8, Toys.CLOSE);
  }

  @OnBothEngines
  void gradientsChangedToNan_areRefusedByTheUpdate(Engine engine) {
    Model model = Toys.line(1);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    trainer.gradients(Examples.of(column(1), column(0)));
    trainer.gradientArrays().get("w/kernel").assign(NAN);
    assertThatThrownBy(trainer::update)
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining(
            "the gradient of \"w/kernel\" holds NaN at (0, 0) of (1, 1) before the")
        .hasMessageContaining("look at what changes gradientArrays()");
    assertThat(Toys.weight(model)).isEqualTo(1);
  }

  @OnBothEngines
  void updateThatOverflows_isTakenBack(Engine engine) {
    Model model = Toys.line(1);
    Trainer trainer =
        model.compile(
            Training.with(Adam.rate(0.1))
                .loss(Losses.output())
                .clip(Clippings.byGlobalNorm(1))
                .engine(engine));
    assertThat(refusal(trainer, Examples.of(column(1e30))))
        .hasMessageContaining(
            "\"w/kernel\" holds NaN at (0, 0) of (1, 1) after the update of step 1");
    Trainer held =
        model.compile(
            Training.with(Sgd.rate(0.5)).loss(Losses.output()).clip(Clippings.byValue(1)));
    held.trainOnBatch(Examples.of(column(1e30)));
    assertThat(Toys.weight(model)).isEqualTo(0.5);
  }

  @OnBothEngines
  void stateThatWouldBecomeNan_isRefused(Engine engine) {
    // the loss does not depend on what the norm sees
    Input x = Input.of("x", 1);
    Input seen = Input.of("seen", 1);
    Lambda none =
        Lambda.of(
            "none",
            (ops, in) ->
                ops.add(
                    in.get(0),
                    ops.minimum(
                        ops.fill(-1, in.get(1).spec()),
                        ops.stopGradient(ops.abs(ops.sign(in.get(1)))))));
    Model model =
        Model.of(
            "m",
            List.of(x, seen),
            List.of(
                none.apply(
                    times("w", 1).apply(x), BatchNormalization.of().named("norm").apply(seen))));
    Trainer trainer = model.compile(descent(0.1).checkingExamples(false).engine(engine));
    Examples examples =
        Examples.of(
            Map.of("x", column(1, 2), "seen", column(1e30, -1e30)), Map.of("none", column(0, 0)));
    assertThat(refusal(trainer, examples))
        .hasMessageContaining(
            "the next value of the state \"norm/moving_variance\" holds Infinity");
  }

  @OnBothEngines
  void nanInADataSet_isFoundBeforeTheFirstStep(Engine engine) {
    Model model =
        Model.sequential(
            "net",
            Input.of("x", 2),
            Dense.units(3).activation(Activations.relu()).named("h"),
            Dense.units(1).named("out"));
    Trainer trainer =
        model
            .initialize(3)
            .compile(Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError()).engine(engine));
    INDArray x = normal(1, 2000, 2);
    INDArray y = normal(2, 2000, 1);
    x.putScalar(1437, 1, Float.NaN);
    Dataset data = Dataset.builder().input("x", x).target("y", y).build();
    Map<String, double[]> before = values(model);
    assertThatThrownBy(() -> trainer.fit(data, Fit.epochs(10)))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("input \"x\" holds NaN at (1437, 1) of (2000, 2), in row 1437");
    Dataset good =
        Dataset.builder().input("x", normal(1, 8, 2)).target("y", normal(2, 8, 1)).build();
    assertThatThrownBy(() -> trainer.fit(good, Fit.epochs(1).validation(data)))
        .isInstanceOf(NonFiniteException.class)
        .hasMessageContaining("in row 1437");
    assertUnmoved(model, before);
    assertThat(trainer.steps()).isZero();
  }

  @OnBothEngines
  void nanTarget_underWeightZero_isLeftOut(Engine engine) {
    Model model = Toys.line(2);
    Trainer trainer = model.compile(descent(0.1).engine(engine));
    Examples masked = Examples.of(column(1, 1), column(0, NAN)).weights(row(1, 0));
    assertThat(trainer.testOnBatch(masked).loss()).isEqualTo(2);
    assertThat(trainer.trainOnBatch(masked).loss()).isEqualTo(2);
    assertThat(Toys.weight(model)).isCloseTo(1.8, Toys.CLOSE);

    assertThat(refusal(trainer, Examples.of(column(1, 1), column(NAN, 0)).weights(row(1, 0))))
        .hasMessageContaining("target of \"w\" holds NaN at (0, 0) of (2, 1), in row 0");
  }

  static Stream<Loss> losses() {
    return Stream.of(
        Losses.meanSquaredError(),
        Losses.meanAbsoluteError(),
        Losses.huber(),
        Losses.binaryCrossentropy(),
        Losses.binaryCrossentropy().fromLogits(),
        Losses.categoricalCrossentropy(),
        Losses.categoricalCrossentropy().fromLogits(),
        Losses.hinge(),
        Losses.squaredHinge(),
        Losses.categoricalHinge(),
        Losses.klDivergence(),
        Losses.poisson(),
        Losses.cosineSimilarity());
  }

  @ParameterizedTest
  @MethodSource("losses")
  void maskedRow_ofAnyLoss_countsAsAnyRowOfWeightZero(Loss loss) {
    INDArray x = normal(1, 3, 2);
    INDArray y = Nd4j.createFromArray(new float[][] {{1, 0}, {0, 1}, {1, 0}});
    INDArray missing = y.dup();
    missing.putScalar(1, 0, Float.NaN);
    missing.putScalar(1, 1, Float.POSITIVE_INFINITY);
    for (Engine engine : EveryEngine.all().toList()) {
      double[] expected = after(loss, engine, x, y);
      assertThat(after(loss, engine, x, missing)).isEqualTo(expected);
    }
  }

  private static double[] after(Loss loss, Engine engine, INDArray x, INDArray y) {
    Model model =
        Model.sequential(
                "net",
                Input.of("x", 2),
                Dense.units(2).activation(Activations.softmax()).named("out"))
            .initialize(3);
    Trainer trainer =
        model.compile(
            Training.with(Sgd.rate(0.1))
                .loss(loss)
                .metrics(Metrics.meanSquaredError())
                .engine(engine));
    Dataset data =
        Dataset.builder()
            .input("x", x)
            .target("out", y)
            .target("weights:out", row(1, 0, 2))
            .build();
    History history = trainer.fit(data, Fit.epochs(2).shuffled(false).validation(data));
    double[] weights = model.layer("out").weight("kernel").values().dup().data().asDouble();
    assertThat(weights).doesNotContain(NAN);
    return Stream.of(
            weights,
            history.epochs().get(1).values().stream().mapToDouble(Double::doubleValue).toArray())
        .flatMapToDouble(java.util.Arrays::stream)
        .toArray();
  }

  @OnBothEngines
  void headOfWeightZero_mayLackItsTargets(Engine engine) {
    Input x = Input.of("x", 1);
    Model model =
        Model.of("m", List.of(x), List.of(times("a", 1).apply(x), times("b", 1).apply(x)));
    Trainer trainer =
        model.compile(
            Training.with(Sgd.rate(0.1))
                .loss("a", Losses.meanSquaredError())
                .loss("b", Losses.meanSquaredError())
                .lossWeight("b", 0)
                .engine(engine));
    StepResult result =
        trainer.trainOnBatch(
            Examples.of(Map.of("x", column(1)), Map.of("a", column(0), "b", column(NAN))));
    assertThat(result.loss()).isEqualTo(1);
    assertThat(result.losses()).containsEntry("b", NAN);
    assertThat(Toys.weight(model.layer("a"))).isCloseTo(0.8, Toys.CLOSE);
    assertThat(Toys.weight(model.layer("b"))).isEqualTo(1);
  }

  @OnBothEngines
  void predict_ofNan_isNan(Engine engine) {
    Model model =
        Model.sequential(
            "net",
            Input.of("x", 4, 4, 1),
            Conv2D.filters(2).kernel(2).activation(Activations.relu()).named("conv"),
            Flatten.of(),
            Dense.units(3).activation(Activations.relu()).named("h"),
            Dense.units(1).activation(Activations.sigmoid()).named("out"));
    Trainer trainer = model.initialize(3).compile(descent(0.1).engine(engine));
    INDArray x = normal(1, 2, 4, 4, 1);
    x.putScalar(new long[] {1, 1, 1, 0}, Float.NaN);
    INDArray y = trainer.predict(x);
    assertThat(y.getDouble(0)).isFinite();
    assertThat(y.getDouble(1)).isNaN();
    assertThat(trainer.testOnBatch(x, column(0, 0)).loss()).isNaN();
  }

  @Test
  void unknownLook_inTheProperty_isRefused() {
    System.setProperty(FiniteChecks.WITHOUT, "gradient");
    try {
      assertThatThrownBy(FiniteChecks::ofGradients)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("it knows examples and gradients");
    } finally {
      System.clearProperty(FiniteChecks.WITHOUT);
    }
  }
}
