package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.BatchPosition;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.loss.Losses;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Examples;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class CheckpointTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("run");
  }

  @Test
  void restore_inTheMiddleOfARun_goesOnBitForBit() {
    List<Double> expectedLosses;
    Map<String, List<Double>> expected;
    try (GanRun whole = new GanRun(1)) {
      whole.steps(5);
      expectedLosses = whole.steps(5);
      expected = whole.everything();
    }
    try (GanRun first = new GanRun(1)) {
      first.steps(5);
      first.checkpoint().save(file(), first.state());
      first.steps(1);
    }

    try (GanRun second = new GanRun(100)) {
      second.goOn(second.checkpoint().restore(file()));

      assertThat(second.steps(5)).isEqualTo(expectedLosses);
      assertThat(second.everything()).isEqualTo(expected);
    }
  }

  @Test
  void restore_ofARunThatHasBegun_takesItBack() {
    try (GanRun run = new GanRun(1)) {
      run.steps(2);
      run.checkpoint().save(file(), run.state());
      List<Double> losses = run.steps(3);

      run.goOn(run.checkpoint().restore(file()));

      assertThat(run.steps(3)).isEqualTo(losses);
    }
  }

  @Test
  void restore_intoModelsFromAModelFile_goesOnBitForBit() {
    Model model = Nets.discriminator(1);
    Training recipe = Training.with(Adam.rate(0.01)).loss(Losses.binaryCrossentropy()).seed(3);
    INDArray x = Nets.numbers(1, 4, 4, 4, 1);
    INDArray y = Nets.numbers(2, 4, 1).gt(0).castTo(x.dataType());
    double expected;
    try (Trainer trainer = model.compile(recipe)) {
      trainer.trainOnBatch(x, y);
      ModelFile.save(model, folder.resolve("model"));
      Checkpoint.of(trainer).save(file());
      expected = trainer.trainOnBatch(x, y).loss();
    }

    try (Trainer trainer = ModelFile.load(folder.resolve("model")).compile(recipe)) {
      Checkpoint.of(trainer).restore(file());

      assertThat(trainer.trainOnBatch(x, y).loss()).isEqualTo(expected);
    }
  }

  @Test
  void save_ofTrainersOverTheSameLayers_holdsEachWeightOnce() {
    try (GanRun run = new GanRun(1)) {
      run.checkpoint().save(file());

      int weights = run.generator.weights().size() + run.discriminator.weights().size();
      int slots =
          run.trainDiscriminator.state().slots().size() + run.trainGenerator.state().slots().size();
      try (Save save = Save.open(file())) {
        assertThat(save.manifest().arrays()).hasSize(weights + slots);
      }
    }
  }

  @Test
  void load_ofAPartOfACheckpoint_findsItByName() {
    Model generator = Nets.generator(77);
    try (GanRun run = new GanRun(1)) {
      run.steps(1);
      run.checkpoint().save(file());

      Weights.load(generator, file());

      assertThat(Nets.values(generator)).isEqualTo(Nets.values(run.generator));
    }
  }

  @Test
  void restore_ofNotes_givesThemBack() {
    Checkpoint nothing = Checkpoint.of().with(Nets.chain("m", 1));
    RunState state =
        RunState.at(new BatchPosition(3, 12))
            .with("seed", Long.MIN_VALUE)
            .with("note", "a \"b\"\n");
    nothing.save(file(), state);

    assertThat(Checkpoint.runState(file())).isEqualTo(state);
    assertThat(nothing.restore(file())).isEqualTo(state);
    nothing.save(file());
    assertThat(nothing.restore(file())).isEqualTo(RunState.empty());
    assertThatThrownBy(() -> state.number("note"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no number is named \"note\"; there are [seed]");
  }

  @Test
  void runState_ofACheckpoint_loadsNothing() {
    Model model = Nets.chain("m", 1);
    Checkpoint.of().with(model).save(file(), RunState.empty().with("round", 7));
    model.weights().forEach(weight -> weight.set(weight.values().addi(1)));
    Map<String, List<Double>> before = Nets.values(model);

    assertThat(Checkpoint.runState(file()).number("round")).isEqualTo(7);

    assertThat(Nets.values(model)).isEqualTo(before);
    assertThatThrownBy(() -> Checkpoint.runState(file().resolve("none")))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void restore_intoAnotherRun_saysEverythingThatDiffersAndChangesNothing() {
    Model model = Nets.chain("m", 1);
    try (Trainer saved = trainer(model, 1);
        Trainer other = trainer(Nets.chain("n", 2), 2)) {
      Checkpoint.of().with("t", saved).with("u", other).save(file());
    }
    Model now = Nets.chain("m", 3);
    Map<String, List<Double>> before = Nets.values(now);
    Training recipe = Training.with(Sgd.rate(0.1).momentum(0.9)).loss(Losses.meanSquaredError());
    try (Trainer trainer = now.compile(recipe.seed(5).except(now.layer("c")));
        Trainer missing = Nets.chain("other", 1).compile(recipe)) {
      Checkpoint checkpoint = Checkpoint.of().with("t", trainer).with("v", missing);

      assertThatThrownBy(() -> checkpoint.restore(file()))
          .isInstanceOf(DataFileException.class)
          .hasMessageContaining("Model \"other\" is not in the file")
          .hasMessageContaining("Model \"n\" is in the file alone")
          .hasMessageContaining("trainer \"t\" was saved with seed 1 and is compiled with seed 5")
          .hasMessageContaining(
              "slots of trainer \"t\" differ (its optimizer was {\"type\":\"adam\"")
          .hasMessageContaining("and is {\"type\":\"sgd\"")
          .hasMessageContaining("4 missing in the file: a/kernel#momentum, a/bias#momentum")
          .hasMessageContaining("10 in the file alone: a/kernel#m, a/kernel#v")
          .hasMessageContaining("trainer \"v\" is not in the file")
          .hasMessageContaining("trainer \"u\" is in the file alone")
          .hasMessageContaining("nothing was loaded; restore it into what it was saved from");
      assertThat(Nets.values(now)).isEqualTo(before);
      assertThat(trainer.steps()).isZero();
    }
  }

  private static Trainer trainer(Model model, long seed) {
    return model.compile(Training.with(Adam.rate(0.01)).loss(Losses.meanSquaredError()).seed(seed));
  }

  @Test
  void restore_whereSharingDiffers_isRefused() {
    Dense layer = Dense.units(1).named("d");
    Checkpoint shared = Checkpoint.of().with(over("one", layer)).with(over("two", layer));
    Checkpoint apart =
        Checkpoint.of()
            .with(over("one", Dense.units(1).named("d")))
            .with(over("two", Dense.units(1).named("d")));
    shared.save(file());
    apart.save(folder.resolve("apart"));

    assertThatThrownBy(() -> apart.restore(file()))
        .hasMessageContaining("\"one/d/kernel\" was shared when it was saved and is two arrays");
    assertThatThrownBy(() -> shared.restore(folder.resolve("apart")))
        .hasMessageContaining("\"d/kernel\" is shared here and was two arrays when it was saved");
  }

  private static Model over(String name, Dense layer) {
    return Model.sequential(name, Input.of("x", 2), layer);
  }

  @Test
  void save_whileGradientsWait_isRefused() {
    Model model = Nets.chain("m", 1);
    try (Trainer trainer = trainer(model, 0)) {
      trainer.gradients(Examples.of(Nets.numbers(1, 2, 3), Nets.numbers(2, 2, 2)));

      assertThatThrownBy(() -> Checkpoint.of(trainer).save(file()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              "trainer \"m\" has gradients that wait for their update; save before gradients(...)"
                  + " or after update(), or let dropGradients() forget them");
      assertThat(file()).doesNotExist();
    }
  }

  @Test
  void with_aNameThatIsTaken_isRefused() {
    Model model = Nets.chain("m", 1);
    try (Trainer one = trainer(model, 0);
        Trainer two = trainer(model, 0)) {
      assertThatThrownBy(() -> Checkpoint.of(one, two))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "two trainers of a checkpoint are named \"m\"; give each a name of its own by"
                  + " with(name, trainer)");
      assertThatThrownBy(() -> Checkpoint.of(one).with(Nets.chain("m", 2)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "two models of a checkpoint are named \"m\"; give each a name of its own with model.renamed(\"...\")");
      assertThat(Checkpoint.of(one).with("again", two))
          .hasToString("checkpoint of trainers [m, again] and models [m]");
    }
  }

  @Test
  void restore_ofWeights_isRefused() {
    Model model = Nets.chain("m", 1);
    Weights.save(model, file());

    assertThatThrownBy(() -> Checkpoint.of().with(model).restore(file()))
        .isInstanceOf(DataFileException.class)
        .hasMessage(
            file()
                + ": holds a save of kind \"weights\", not a checkpoint; load it with"
                + " Weights.load");
  }
}
