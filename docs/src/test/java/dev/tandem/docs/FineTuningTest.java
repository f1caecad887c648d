package dev.tandem.docs;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.loss.Losses.sparseCategoricalCrossentropy;
import static dev.tandem.core.metric.Metrics.accuracy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.io.CheckpointSeries;
import dev.tandem.core.io.ModelFile;
import dev.tandem.core.io.Restored;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Lora;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.AdamW;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Fit;
import dev.tandem.core.train.History;
import dev.tandem.core.train.ParameterGroup;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.core.train.callback.GradualUnfreezing;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The numbers of the page on fine-tuning. */
class FineTuningTest {

  private static final int FEATURES = 8;
  private static final int CLASSES = 4;
  private static final int SIZE = 2000;

  private static INDArray normal(long seed, long... shape) {
    INDArray array = Nd4j.create(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(array);
    return array;
  }

  /** Points around a mean, and as labels the largest of four linear functions of them. */
  private static Dataset points(long seed, double mean, double deviation) {
    INDArray x = normal(seed, SIZE, FEATURES);
    INDArray labels = x.mmul(normal(1, FEATURES, CLASSES)).argMax(1).castTo(DataType.INT32);
    return Dataset.builder().input("x", x.mul(deviation).add(mean)).target("label", labels).build();
  }

  private static Model trunk() {
    return Model.sequential(
        "trunk",
        Input.of("features", FEATURES),
        Dense.units(32).named("t0"),
        BatchNormalization.of().momentum(.9).named("t0_norm"),
        ActivationLayer.of(relu()).named("t0_active"),
        Dense.units(32).named("t1"),
        BatchNormalization.of().momentum(.9).named("t1_norm"),
        ActivationLayer.of(relu()).named("t1_active"));
  }

  private static Training recipe() {
    return Training.with(Adam.rate(3e-3))
        .loss(sparseCategoricalCrossentropy().fromLogits())
        .metrics(accuracy());
  }

  /** Accuracy in the last epoch of the fit, and by evaluate on the same rows. */
  private static double[] tuned(Model model, Training recipe) {
    Dataset data = points(7, 2, 3);
    try (Trainer trainer = model.compile(recipe)) {
      History history = trainer.fit(data, Fit.epochs(30).batchSize(50).seed(2));
      return new double[] {history.last("accuracy"), trainer.evaluate(data, 100).get("accuracy")};
    }
  }

  /** A trunk that was trained on points around 0 of deviation 1. */
  private static Model trained() {
    Model trunk = trunk();
    Input x = Input.of("x", FEATURES);
    Dense head = Dense.units(CLASSES).named("first_head");
    Model first = Model.of("first", x, head.apply(trunk.apply(x))).initialize(3);
    try (Trainer trainer = first.compile(recipe())) {
      trainer.fit(points(5, 0, 1), Fit.epochs(10).batchSize(50).seed(1));
    }
    return trunk;
  }

  private static Dense head() {
    return Dense.units(CLASSES).named("head");
  }

  /** A new head behind a trunk. */
  private static Model behind(Model trunk) {
    Input x = Input.of("x", FEATURES);
    Dense head = head();
    Model model = Model.of("tuned", x, head.apply(trunk.apply(x)));
    head.weights().forEach(weight -> weight.initialize(4));
    return model;
  }

  private static void setTrainable(Model trunk, boolean trainable) {
    trunk.layers().forEach(layer -> layer.setTrainable(trainable));
  }

  private static void assertAccuracies(double[] tuned, double inFit, double inEvaluate) {
    assertThat(tuned[0]).isCloseTo(inFit, within(.01));
    assertThat(tuned[1]).isCloseTo(inEvaluate, within(.01));
  }

  @Test
  void trunkHeldStill_byEachWay_isJudgedAsOnThePage() {
    Model trunk = trained();
    trunk.setTrainable(false);
    assertAccuracies(tuned(behind(trunk), recipe()), .896, .737);
    trunk.setTrainable(true);
    Model selected = behind(trunk);
    assertAccuracies(tuned(selected, recipe().only(selected.layer("head"))), .896, .737);
    Model asked = behind(trunk);
    Training recipe = recipe().only(asked.layer("head")).inference(trunk);
    assertAccuracies(tuned(asked, recipe), .933, .933);
    setTrainable(trunk, false);
    assertAccuracies(tuned(behind(trunk), recipe()), .933, .933);
  }

  @Test
  void trunk_asInInference_byCallAndByRecipe() {
    Model trunk = trained();
    Training recipe = recipe();
    Input x = Input.of("x", FEATURES);
    Dense head = head();
    // region call
    SymbolicTensor features = trunk.inference().apply(x); // in every model and trainer
    Model tuned = Model.of("tuned", x, head.apply(features));
    Trainer first = tuned.compile(recipe.only(head));
    // endregion
    List<Weight> kept = trunk.weights();
    assertThat(first.moves()).containsExactlyElementsOf(head.weights());
    assertThat(first.snapshot().movedState()).isEmpty();
    first.close();

    Model net = behind(trunk);
    // region recipe
    Training still = recipe.inference(trunk); // for this recipe's trainers alone
    Trainer heads = net.compile(still.only(net.layer("head")));
    Trainer all = heads.recompile(still); // moves the trunk too, still by moving statistics
    // endregion
    assertThat(all.moves()).containsAll(kept.stream().filter(Weight::isParameter).toList());
    assertThat(all.snapshot().movedState()).isEmpty();
    all.close();
  }

  @Test
  void parts_haveRatesAndPhasesOfTheirOwn(@TempDir Path folder) {
    Dataset data = points(7, 2, 3).slice(0, 100);
    Model trunk = trunk();
    Model net = behind(trunk);
    Layer head = net.layer("head");
    // region groups
    Training recipe =
        Training.with(AdamW.rate(1e-3).decay(.01)) // biases and norms do not decay
            .loss(sparseCategoricalCrossentropy().fromLogits())
            .clip(Clippings.byGlobalNorm(1))
            .groups(
                ParameterGroup.of(trunk).rateFactor(.1).decay(.1).clip(Clippings.byGlobalNorm(.5)),
                ParameterGroup.of(head).optimizer(Sgd.rate(1e-2).momentum(.9)));
    // endregion
    // region phases
    Trainer first = net.compile(recipe.only(head).inference(trunk));
    History history =
        first.fit(
            data,
            Fit.epochs(6)
                .callbacks(
                    GradualUnfreezing.at(2, trunk.layer("t1")).and(4, trunk),
                    CheckpointSeries.in(folder, 9)));
    Trainer all = history.trainer(); // the one that went on
    System.out.println(all.summary(true)); // nested models opened, what it moves marked
    // endregion
    assertThat(all.rate(trunk.layer("t0").weight("kernel"))).isCloseTo(1e-4, within(1e-12));
    assertThat(all.moves()).containsAll(trunk.layer("t0").weights());
    Path checkpoint = CheckpointSeries.in(folder, 9).all().get(0);
    // region restore
    Trainer again = net.compile(recipe);
    Restored restored = Checkpoint.of(again).restoreMatching(checkpoint); // of the first phase
    System.out.println(restored.anew()); // {tuned=[trunk/t0/kernel, …]}: these begin anew
    // endregion
    assertThat(restored.anew().get("tuned")).contains("trunk/t0/kernel").hasSize(8);
    again.close();
    all.close();
  }

  @Test
  void lora_trainsFactors_andMerges(@TempDir Path folder) {
    Dataset data = points(7, 2, 3).slice(0, 100);
    Model base =
        Model.sequential(
            "base",
            Input.of("x", FEATURES),
            Dense.units(32).activation(relu()).named("low"),
            Dense.units(CLASSES).named("last"));
    base.initialize(1);
    Training recipe = recipe();
    // region lora
    Lora low = Lora.of(base.layer("low"), 4).alpha(8); // "low" is frozen from now on
    Lora last = Lora.of(base.layer("last"), 4).alpha(8);
    Input x = Input.of("x", FEATURES);
    Model adapted = Model.of("adapted", x, last.apply(low.apply(x)));
    Trainer trainer = adapted.compile(recipe); // moves lora_a and lora_b of both
    trainer.fit(data, Fit.epochs(3));
    low.merge(); // into the kernels that base and adapted share
    last.merge();
    ModelFile.save(base, folder.resolve("served")); // plain layers, as they were drawn
    // endregion
    assertThat(trainer.moves()).extracting(Weight::name).containsOnly("lora_a", "lora_b");
    try (Trainer served = ModelFile.load(folder.resolve("served")).compile(recipe)) {
      assertThat(
              served.predict(data.input("x")).equalsWithEps(trainer.predict(data.input("x")), 1e-5))
          .isTrue();
    }
  }
}
