package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Models in models in models: nothing recurses over their depth. */
class DeepNestingTest {

  private static final int DEPTH = 1_000;

  private static Dense times(String name, double weight) {
    return Dense.units(1).bias(false).kernelInitializer(Initializers.constant(weight)).named(name);
  }

  /** x · 3 · 0.5 with the first layer in the innermost model and the other in the outermost. */
  private static Model nested(int depth) {
    Model model = Model.sequential("m0", Input.of("x", 1), times("first", 3));
    for (int i = 1; i < depth; i++) {
      model = Model.sequential("m" + i, Input.of("x", 1), model);
    }
    return Model.sequential("outer", Input.of("x", 1), model, times("last", 0.5));
  }

  private static INDArray column(float... numbers) {
    return Nd4j.createFromArray(numbers).reshape(numbers.length, 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {DEPTH, 5_000})
  void listings_ofNestedModels_goToTheBottom(int depth) {
    Model model = nested(depth);

    assertThat(model.countParams()).isEqualTo(2);
    assertThat(model.models()).hasSize(depth + 1);
    assertThat(model.summary().trainable().params()).isEqualTo(2);
    assertThat(model.weightsByPath().keySet())
        .hasSize(2)
        .contains("last/kernel")
        .anyMatch(path -> path.endsWith("/m1/m0/first/kernel"));
    assertThat(model.toDot().lines().filter(line -> line.contains("subgraph"))).hasSize(depth);
    assertThat(model.toMermaid()).contains("first");
    model.model("m" + (depth - 1)).setTrainable(false);
    assertThat(model.countTrainableParams()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("dev.tandem.core.EveryEngine#all")
  void step_ofNestedModels_movesTheInnermostLayer(Engine engine) {
    Model model = nested(DEPTH);
    Trainer trainer =
        model.compile(Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()).engine(engine));

    double loss = trainer.trainOnBatch(column(2), column(1)).loss();

    assertThat(loss).isCloseTo(4, within(1e-5));
    double[] moved = model.weights().stream().mapToDouble(w -> w.values().getDouble(0)).toArray();
    // 2 · (3 − 1) · 2 · .5 and 2 · (3 − 1) · 6
    assertThat(moved).containsExactly(new double[] {3 - 0.1 * 4, 0.5 - 0.1 * 24}, within(1e-5));
    assertThat(trainer.predict(column(1)).getDouble(0)).isCloseTo(2.6 * -1.9, within(1e-5));
    model.model("m" + (DEPTH - 1)).setTrainable(false);
    assertThat(trainer.isStale()).isTrue();
  }

  @Test
  void step_ofFiveTimesAsManyModels_movesTheInnermostLayer() {
    Model model = nested(5 * DEPTH);
    Trainer trainer = model.compile(Training.with(Sgd.rate(0.1)).loss(Losses.meanSquaredError()));

    trainer.trainOnBatch(column(2), column(1));

    assertThat(model.weights().get(0).values().getDouble(0)).isCloseTo(2.6, within(1e-5));
  }

  @Test
  void copy_ofNestedModels_isOneOfItsOwn() {
    Model model = nested(DEPTH);

    Model copy = model.copy("copy");
    copy.weights().get(0).set(column(7));

    assertThat(copy.models()).hasSize(DEPTH + 1).doesNotContainAnyElementsOf(model.models());
    assertThat(Predictor.of(copy).predict(column(1)).getDouble(0)).isEqualTo(3.5);
    assertThat(Predictor.of(model).predict(column(1)).getDouble(0)).isEqualTo(1.5);
  }

  @Test
  void saves_ofNestedModels_areLoaded(@TempDir Path directory) {
    Model model = nested(DEPTH);
    Trainer trainer = model.compile(Training.with(Adam.rate(0.1)).loss(Losses.meanSquaredError()));
    trainer.trainOnBatch(column(2), column(1));
    INDArray expected = trainer.predict(column(1, 2));
    ModelFile.save(model, directory.resolve("model"));
    Weights.save(model, directory.resolve("weights"));
    Checkpoint.of(trainer).save(directory.resolve("checkpoint"));
    SameDiffFile.save(model, 2, directory.resolve("model.fb"));

    Model loaded = ModelFile.load(directory.resolve("model"));
    assertThat(loaded.models()).hasSize(DEPTH + 1);
    assertThat(Predictor.of(loaded).predict(column(1, 2))).isEqualTo(expected);
    Model other = nested(DEPTH);
    Weights.load(other, directory.resolve("weights"));
    assertThat(Predictor.of(other).predict(column(1, 2))).isEqualTo(expected);
    Trainer restored =
        nested(DEPTH).compile(Training.with(Adam.rate(0.1)).loss(Losses.meanSquaredError()));
    Checkpoint.of(restored).restore(directory.resolve("checkpoint"));
    assertThat(restored.predict(column(1, 2))).isEqualTo(expected);
    assertThat(directory.resolve("model.fb")).isNotEmptyFile();
  }

  /** 2 to the 60th paths lead to the innermost layer. */
  @Test
  void models_calledTwiceEach_areWalkedOnce(@TempDir Path directory) {
    Model model = Model.sequential("m0", Input.of("x", 1), BatchNormalization.of().named("bn"));
    for (int i = 1; i <= 60; i++) {
      Input x = Input.of("x", 1);
      SymbolicTensor both = Add.of().named("sum").apply(model.apply(x), model.apply(x));
      model = Model.of("m" + i, x, both);
    }

    assertThat(model.countParams()).isEqualTo(4);
    assertThat(model.countTrainableParams()).isEqualTo(2);
    assertThat(model.copy("copy").weightsByPath()).hasSize(4);
    ModelFile.save(model, directory.resolve("model"));
    assertThat(ModelFile.load(directory.resolve("model")).models()).hasSize(61);
  }
}
