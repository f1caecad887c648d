package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;

/** Weights of nets without names, and of nets whose layers are called something else. */
class WeightsByOrderTest {

  @TempDir Path directory;

  private final Model saved = net("m", 4).initialize(1);

  private static Model net(String name, int width) {
    return Model.sequential(
        name,
        Input.of("x", 3),
        Dense.units(width).activation(Activations.relu()),
        Dense.units(width),
        Dense.units(2));
  }

  private static Model named(String... names) {
    Model model =
        Model.sequential(
            "m",
            Input.of("x", 3),
            Dense.units(4).activation(Activations.relu()).named(names[0]),
            Dense.units(4).named(names[1]),
            Dense.units(2).named(names[2]));
    return model.initialize(2);
  }

  private static void requireSame(Model model, Model other) {
    for (int i = 0; i < other.weights().size(); i++) {
      assertThat(model.weights().get(i).values()).isEqualTo(other.weights().get(i).values());
    }
  }

  @BeforeEach
  void save() {
    Weights.save(saved, directory);
  }

  @Test
  void load_intoTheSameUnnamedNetDrawnAgain_loadsAll() {
    net("another", 7);
    Model again = net("m", 4);

    Weights.load(again, directory);

    requireSame(again, saved);
  }

  @Test
  void loadByOrder_intoANetOfOtherNames_loadsTheFirstIntoTheFirst() {
    Model other = named("a", "b", "c");

    Weights.loadByOrder(other, directory);

    requireSame(other, saved);
  }

  @Test
  void loadByOrder_ofOtherShapes_isRefusedAndChangesNothing() {
    Model other = net("m", 5).initialize(2);
    Model before = other.copy("before");

    assertThatThrownBy(() -> Weights.loadByOrder(other, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining(
            "weight 1 is dense/kernel float32 (3, 4) in the file and dense/kernel float32 (3, 5)"
                + " here")
        .hasMessageContaining("nothing was loaded");
    requireSame(other, before);
  }

  @Test
  void loadByOrder_ofAnotherNumber_isRefusedAndChangesNothing() {
    Model shorter =
        Model.sequential("m", Input.of("x", 3), Dense.units(4), Dense.units(4)).initialize(2);
    Model before = shorter.copy("before");

    assertThatThrownBy(() -> Weights.loadByOrder(shorter, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("there are 6 weights in the file and 4 here");
    requireSame(shorter, before);
  }

  @Test
  void load_whereNamesAloneDiffer_namesLoadByOrder() {
    Model other = named("a", "b", "c");

    assertThatThrownBy(() -> Weights.load(other, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("load them with Weights.loadByOrder");
  }

  @Test
  void loadMatching_ofNothing_isRefused() {
    Model other = named("a", "b", "c");
    Model before = other.copy("before");

    assertThatThrownBy(() -> Weights.loadMatching(other, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("holds no weight whose path, shape and type are those of Model \"m\"")
        .hasMessageContaining("nothing was loaded")
        .hasMessageContaining("Weights.loadByOrder");
    requireSame(other, before);
  }

  @Test
  void loadMatching_ofSome_saysWhatItLeft() {
    Model other = named("dense", "b", "c");

    Differences left = Weights.loadMatching(other, directory);

    assertThat(left.missing()).containsExactly("b/kernel", "b/bias", "c/kernel", "c/bias");
    assertThat(other.weight("dense/kernel").values())
        .isEqualTo(saved.weight("dense/kernel").values());
  }

  @Test
  void load_ofAFileWithNumbersOfTheWholeJvm_loadsIntoTheUnnamedNet(@TempDir Path old) {
    Model model = named("dense_7", "dense_9", "dense_10"); // as automatic names once were
    Weights.save(model, old);
    Model unnamed = net("m", 4);

    Weights.load(unnamed, old);

    requireSame(unnamed, model);
  }

  @Test
  void load_ofAFileWhoseGivenNamesDiffer_isRefused(@TempDir Path old) {
    Weights.save(named("dense_1", "dense_2", "out"), old);

    assertThatThrownBy(() -> Weights.load(named("dense_2", "dense_1", "out_1"), old))
        .isInstanceOf(DataFileException.class);
    assertThatThrownBy(() -> Weights.load(net("m", 4), old)).isInstanceOf(DataFileException.class);
  }

  @Test
  void restore_ofACheckpointWithNumbersOfTheWholeJvm_goesOnBitForBit(@TempDir Path old) {
    Training recipe = Training.with(Adam.rate(0.1)).loss(Losses.meanSquaredError());
    Model model = named("dense_7", "dense_9", "dense_10");
    Model unnamed = net("m", 4);
    try (Trainer trainer = model.compile(recipe);
        Trainer other = unnamed.compile(recipe)) {
      trainer.trainOnBatch(Nd4j.ones(2, 3), Nd4j.ones(2, 2));
      Checkpoint.of(trainer).save(old);

      Checkpoint.of(other).restore(old);

      trainer.trainOnBatch(Nd4j.ones(2, 3), Nd4j.ones(2, 2));
      other.trainOnBatch(Nd4j.ones(2, 3), Nd4j.ones(2, 2));
    }
    requireSame(model, unnamed);
  }

  @Test
  void modelFile_ofUnnamedLayers_leavesThemUnnamed(@TempDir Path file) {
    ModelFile.save(saved, file);

    Model loaded = ModelFile.load(file);

    assertThat(loaded.weightsByPath().keySet()).isEqualTo(saved.weightsByPath().keySet());
    assertThat(loaded.layer("dense").isNamed()).isFalse();
    requireSame(loaded, saved);
  }

  @Test
  void modelFile_twiceInOneFlatModel_goesWithAPrefix(@TempDir Path file) {
    Model named = named("a", "b", "c");
    ModelFile.save(named, file);
    Model left = ModelFile.load(file, "left_");
    Model right = ModelFile.load(file, "right_");
    Model plain = ModelFile.load(file);

    Input x = Input.of("x", 3);
    Model flat =
        Model.sequential("flat", x, left.layer("left_a"), right.layer("right_b"), plain.layer("c"));

    assertThat(left.name()).isEqualTo("left_m");
    assertThat(flat.weightsByPath().keySet())
        .contains("left_a/kernel", "right_b/kernel", "c/kernel");
    requireSame(left, named);
    requireSame(right, named);
    for (Weight weight : left.weights()) {
      assertThat(right.weights()).doesNotContain(weight);
    }
    assertThatThrownBy(
            () -> Model.sequential("two", Input.of("x", 3), named, Dense.units(3), plain))
        .hasMessageContaining("model.renamed")
        .hasMessageContaining("ModelFile.load(directory, \"prefix_\")");
    assertThat(
            Model.sequential("two", Input.of("x", 3), named, Dense.units(3), plain.renamed("p"))
                .weightsByPath()
                .keySet())
        .contains("m/a/kernel", "p/a/kernel");
  }
}
