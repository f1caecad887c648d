package dev.tandem.core.train;

import static dev.tandem.core.train.Toys.CLOSE;
import static dev.tandem.core.train.Toys.column;
import static dev.tandem.core.train.Toys.times;
import static dev.tandem.core.train.Toys.weight;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Engine;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.AdamW;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.optimizer.Sgd;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parts of a model that are updated by other numbers than the rest. */
class ParameterGroupTest {

  /** x · a · b, of the weights 2 and 3; at x = 1 and target 0 the gradients are 36 and 24. */
  private static Model product() {
    return Model.sequential("m", Input.of("x", 1), times("a", 2), times("b", 3));
  }

  private static Training recipe(Engine engine) {
    return Training.with(Sgd.rate(.01)).loss(Losses.meanSquaredError()).engine(engine);
  }

  private static double a(Model model) {
    return weight(model.layer("a"));
  }

  private static double b(Model model) {
    return weight(model.layer("b"));
  }

  @OnBothEngines
  void rateFactor_ofAGroup_multipliesItsRateAlone(Engine engine) {
    Model model = product();
    Trainer trainer =
        model.compile(recipe(engine).groups(ParameterGroup.of(model.layer("a")).rateFactor(.5)));
    trainer.rateFactor(2);
    trainer.trainOnBatch(column(1), column(0));

    assertThat(a(model)).isCloseTo(2 - .01 * 36, CLOSE);
    assertThat(b(model)).isCloseTo(3 - .02 * 24, CLOSE);
    assertThat(trainer.rate(model.weight("a/kernel"))).isCloseTo(.01, within(1e-12));
    assertThat(trainer.rate()).isCloseTo(.02, within(1e-12));
  }

  @OnBothEngines
  void groupThatSaysNothing_leavesTheSameBits(Engine engine) {
    Model plain = Toys.convNet();
    Model grouped = Toys.convNet();
    Training recipe =
        Training.with(Adam.rate(.01))
            .loss(Losses.meanSquaredError())
            .clip(Clippings.byGlobalNorm(.1))
            .engine(engine)
            .seed(1);
    Trainer one = plain.compile(recipe);
    Trainer other =
        grouped.compile(recipe.groups(ParameterGroup.of(grouped.layers().get(1)).rateFactor(1)));
    for (int i = 0; i < 3; i++) {
      one.trainOnBatch(Toys.normal(i, 4, 6, 6, 2), Toys.normal(i + 9, 4, 3));
      other.trainOnBatch(Toys.normal(i, 4, 6, 6, 2), Toys.normal(i + 9, 4, 3));
    }

    Toys.assertClose(Toys.values(grouped), Toys.values(plain), 0);
  }

  @OnBothEngines
  void clipping_ofAGroup_isOverItsWeightsAlone(Engine engine) {
    Model model = product();
    model
        .compile(
            recipe(engine)
                .clip(Clippings.byGlobalNorm(12))
                .groups(ParameterGroup.of(model.layer("a")).clip(Clippings.byGlobalNorm(3))))
        .trainOnBatch(column(1), column(0));

    assertThat(a(model)).isCloseTo(2 - .01 * 3, CLOSE);
    assertThat(b(model)).isCloseTo(3 - .01 * 12, CLOSE);
  }

  /** At x = 0 and target 0 gradients of kernels are 0, so what moves them is decay. */
  @OnBothEngines
  void decay_isOfKernels_andOfOthersIfItIsSaid(Engine engine) {
    for (boolean all : new boolean[] {false, true}) {
      Model model =
          Model.sequential(
              "m",
              Input.of("x", 1),
              Dense.units(2).kernelInitializer(Initializers.constant(2)).named("a"),
              BatchNormalization.of().named("norm"),
              times("b", 0));
      model.weight("a/bias").set(model.weight("a/bias").values().assign(1));
      AdamW optimizer = AdamW.rate(.1).decay(.5);
      model
          .compile(
              Training.with(all ? optimizer.decayingAll() : optimizer)
                  .loss(Losses.meanSquaredError())
                  .groups(ParameterGroup.of(model.layer("b")).decay(0))
                  .engine(engine))
          .trainOnBatch(column(0, 0), column(0, 0));

      assertThat(first(model, "a/kernel")).isCloseTo(2 * .95, CLOSE);
      assertThat(first(model, "a/bias")).isCloseTo(all ? .95 : 1, CLOSE);
      assertThat(first(model, "norm/gamma")).isCloseTo(all ? .95 : 1, CLOSE);
    }
  }

  private static double first(Model model, String path) {
    return model.weight(path).values().getDouble(0);
  }

  @OnBothEngines
  void optimizerOfAGroup_hasItsOwnSlots_inCheckpointsToo(Engine engine) {
    Model model = product();
    Training recipe =
        recipe(engine)
            .groups(ParameterGroup.of(model.layer("a")).optimizer(Sgd.rate(.01).momentum(.9)));
    Trainer trainer = model.compile(recipe);
    trainer.trainOnBatch(column(1), column(0));
    trainer.trainOnBatch(column(.1), column(0));

    assertThat(trainer.state().slots()).containsOnlyKeys("a/kernel#momentum");
    // first a = 1.64, b = 2.76; then gradients 2 · .01 · a · b² and 2 · .01 · a² · b
    assertThat(b(model)).isCloseTo(2.76 - .01 * .02 * 1.64 * 1.64 * 2.76, CLOSE);
    assertThat(a(model)).isCloseTo(1.64 - .36 * .9 - .01 * .02 * 1.64 * 2.76 * 2.76, CLOSE);
  }

  @Test
  void restoredAndRecompiled_groupsGoOn(@TempDir Path folder) {
    Model model = product();
    Training recipe =
        Training.with(Adam.rate(.1))
            .loss(Losses.meanSquaredError())
            .groups(ParameterGroup.of(model.layer("a")).rateFactor(.5));
    Trainer trainer = model.compile(recipe);
    trainer.trainOnBatch(column(1), column(0));
    Checkpoint.of(trainer).save(folder.resolve("c"));
    trainer.trainOnBatch(column(1), column(0));
    double expected = a(model);

    Checkpoint.of(trainer).restore(folder.resolve("c"));
    Trainer next = trainer.recompile();
    next.trainOnBatch(column(1), column(0));
    assertThat(a(model)).isEqualTo(expected);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                next.recompile(
                    recipe.groups(ParameterGroup.of(model.layer("b")).optimizer(Sgd.rate(1)))))
        .withMessageContaining("cannot go on from what that remembers");
    next.trainOnBatch(column(1), column(0));
  }

  @Test
  void groups_thatCannotBe_areRefusedByName() {
    Model model = product();
    Model other = product();
    Training recipe = Training.with(Sgd.rate(.1)).loss(Losses.meanSquaredError());
    ParameterGroup a = ParameterGroup.of(model.layer("a"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.compile(recipe.groups(a, ParameterGroup.of(model).rateFactor(2))))
        .withMessageContaining(
            "has the weight \"a/kernel\" in two groups, only(\"a\") and only(\"m\")");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.compile(recipe.groups(a)))
        .withMessageContaining("has no weight of");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> model.compile(recipe.groups(a.decay(.1))))
        .withMessageContaining("the group only(\"a\") has a weight decay, and Sgd")
        .withMessageContaining("take AdamW");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> a.rateFactor(-1))
        .withMessageContaining("factor of the rate");
  }
}
