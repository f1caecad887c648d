package dev.tandem.core.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.Checkpoint;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.Seeds;
import dev.tandem.core.optimizer.Adam;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What is drawn without a seed is drawn afresh; with one it repeats. */
class SeedsTest {

  private static final Training RECIPE =
      Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError());

  private static final INDArray X = Nd4j.linspace(-1, 1, 24).reshape(8, 3).castTo(Nd4j.dataType());
  private static final Dataset DATA =
      Dataset.builder().input("x", X).target("out", X.sum(true, 1)).build();

  private static Model net(boolean named) {
    Dense first = Dense.units(4).activation(Activations.relu());
    Dense last = Dense.units(1);
    return Model.sequential(
        "member",
        Input.of("x", 3),
        named ? first.named("hidden") : first,
        Dropout.rate(0.5),
        named ? last.named("out") : last);
  }

  private static List<INDArray> trained(Model model, Training recipe) {
    try (Trainer trainer = model.compile(recipe)) {
      trainer.fit(DATA, Fit.epochs(2).batchSize(3));
    }
    return model.weights().stream().map(weight -> weight.values()).toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void membersOfOneFunction_withoutASeed_areDifferent(boolean named) {
    Set<List<INDArray>> members =
        new HashSet<>(IntStream.range(0, 3).mapToObj(i -> trained(net(named), RECIPE)).toList());

    assertThat(members).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void membersOfOneFunction_withOneSeed_areEqual(boolean named) {
    List<INDArray> first = trained(net(named), RECIPE.seed(7));

    assertThat(trained(net(named), RECIPE.seed(7))).isEqualTo(first);
    assertThat(trained(net(named), RECIPE.seed(8))).isNotEqualTo(first);
    assertThat(trained(net(!named), RECIPE.seed(7))).as("names do not matter").isEqualTo(first);
  }

  @Test
  void trainer_withoutASeed_saysTheOneThatRepeatsIt() {
    Model model = net(true);
    long drawn;
    List<INDArray> first;
    try (Trainer trainer = model.compile(RECIPE)) {
      drawn = trainer.seed();
      trainer.fit(DATA, Fit.epochs(2).batchSize(3));
      first = model.weights().stream().map(weight -> weight.values()).toList();
    }

    assertThat(trained(net(true), RECIPE.seed(drawn))).isEqualTo(first);
  }

  @Test
  void initialize_withoutASeed_drawsAfreshAndSaysIt() {
    Model model = net(true).initialize();
    long first = model.seed().orElseThrow();
    INDArray kernel = model.weight("hidden/kernel").values();

    model.initialize();

    assertThat(model.seed().orElseThrow()).isNotEqualTo(first);
    assertThat(model.weight("hidden/kernel").values()).isNotEqualTo(kernel);
    assertThat(model.initialize(first).weight("hidden/kernel").values()).isEqualTo(kernel);
  }

  @Test
  void predictor_ofAFreshModel_drawsAfreshAndSaysIt() {
    Model one = net(true);
    Model two = net(true);
    try (Predictor first = Predictor.of(one);
        Predictor second = Predictor.of(two)) {
      INDArray expected = first.predict(X);

      assertThat(second.predict(X)).isNotEqualTo(expected);
      two.initialize(one.seed().orElseThrow());
      assertThat(second.predict(X)).isEqualTo(expected);
    }
  }

  @Test
  void compile_ofAModelWithValues_keepsThem() {
    Model model = net(true).initialize(3);
    INDArray kernel = model.weight("hidden/kernel").values();
    INDArray other = net(true).initialize(4).weight("hidden/kernel").values();
    model.weight("out/kernel").set(Nd4j.ones(4, 1));

    try (Trainer trainer = model.compile(RECIPE.seed(9))) {
      assertThat(trainer.seed()).isEqualTo(9);
      assertThat(model.weight("hidden/kernel").values()).isEqualTo(kernel).isNotEqualTo(other);
      assertThat(model.weight("out/kernel").values()).isEqualTo(Nd4j.ones(4, 1));
    }
  }

  @Test
  void compile_ofTwoModelsByOneSeed_drawsOtherWeightsForEach() {
    Model one = net(true);
    Model two = net(true).renamed("other");
    try (Trainer first = one.compile(RECIPE.seed(1));
        Trainer second = two.compile(RECIPE.seed(1))) {
      assertThat(first.seed()).isEqualTo(second.seed());
      assertThat(one.weight("hidden/kernel").values())
          .isNotEqualTo(two.weight("hidden/kernel").values());
    }
  }

  @Test
  void recompile_keepsTheSeed_unlessTheRecipeStatesOne() {
    try (Trainer trainer = net(true).compile(RECIPE)) {
      long drawn = trainer.seed();
      Trainer next = trainer.recompile();
      assertThat(next.seed()).isEqualTo(drawn);
      try (Trainer stated = next.recompile(RECIPE.seed(5))) {
        assertThat(stated.seed()).isEqualTo(5);
      }
    }
  }

  @Test
  void restore_intoATrainerWithoutASeed_takesTheSavedOneAndGoesOnBitForBit(@TempDir Path folder) {
    Model model = net(true);
    Model again = net(true);
    try (Trainer trainer = model.compile(RECIPE);
        Trainer restored = again.compile(RECIPE)) {
      trainer.trainOnBatch(X, X.sum(true, 1));
      Checkpoint.of(trainer).save(folder);
      Checkpoint.of(restored).restore(folder);

      assertThat(restored.seed()).isEqualTo(trainer.seed());
      for (Trainer one : List.of(trainer, restored)) {
        one.fit(DATA, Fit.epochs(2).batchSize(3));
      }
    }
    assertThat(Stream.of(model, again).map(m -> m.weight("hidden/kernel").values()).distinct())
        .hasSize(1);
  }

  @Test
  void restore_intoATrainerOfAnotherStatedSeed_isRefused(@TempDir Path folder) {
    try (Trainer trainer = net(true).compile(RECIPE.seed(1));
        Trainer other = net(true).compile(RECIPE.seed(2))) {
      Checkpoint.of(trainer).save(folder);

      assertThatThrownBy(() -> Checkpoint.of(other).restore(folder))
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("was saved with seed 1 and is compiled with seed 2");
      assertThat(other.seed()).isEqualTo(2);
    }
  }

  @Test
  void freshSeeds_underTheProperty_followFromItAndAreDifferent() {
    String before = System.getProperty(Seeds.PROPERTY);
    try {
      System.setProperty(Seeds.PROPERTY, "11");
      List<Long> first = List.of(Seeds.fresh(), Seeds.fresh(), Seeds.fresh());
      System.setProperty(Seeds.PROPERTY, "12");
      assertThat(Seeds.fresh()).isNotEqualTo(first.get(0));
      System.setProperty(Seeds.PROPERTY, "11");
      assertThat(List.of(Seeds.fresh(), Seeds.fresh(), Seeds.fresh())).isEqualTo(first);
      assertThat(Set.copyOf(first)).hasSize(3);
      System.setProperty(Seeds.PROPERTY, "eleven");
      assertThatThrownBy(Seeds::fresh)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("system property tandem.seed is no integer: \"eleven\"");
      System.clearProperty(Seeds.PROPERTY);
      assertThat(Seeds.fresh()).isBetween(0L, (1L << 31) - 1).isNotEqualTo(Seeds.fresh());
    } finally {
      System.setProperty(Seeds.PROPERTY, before == null ? "0" : before);
    }
  }
}
