package dev.tandem.gan.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.io.RunState;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.gan.conditioning.Conditioning;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.augment.Augmentation;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.critic.CriticContext;
import dev.tandem.gan.objective.loss.AdversarialLoss;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.loss.PointwiseLoss;
import dev.tandem.gan.objective.penalty.GeneratorTerm;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.objective.penalty.Penalty;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What a run notes of its settings, and what it says when they are others. */
class SettingsTest {

  @TempDir Path directory;

  private static Dataset points(int count) {
    INDArray points = Nd4j.zeros(DataType.FLOAT, count, 2);
    CounterRandom.of(1).normal(points);
    return Dataset.builder().input("point", points).build();
  }

  private static AdversarialTraining recipe(Objective objective, int units, Lambda... more) {
    Input z = Input.of("z", 2);
    SymbolicTensor made = Dense.units(2).named("g0").apply(z);
    for (Lambda layer : more) {
      made = layer.apply(made);
    }
    Model generator = Model.of("generator", z, made);
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("x", 2),
            Dense.units(units).activation(Activations.leakyRelu(0.2)).named("d0"),
            Dense.units(1).named("d1"));
    return AdversarialTraining.of(
            AdversarialPair.of(generator, discriminator, Latent.normal(2)), objective)
        .initializing()
        .batch(8);
  }

  private static AdversarialTraining recipe(Objective objective) {
    return recipe(objective, 4);
  }

  private static Objective hinge() {
    return Objective.of(AdversarialLosses.hinge()).penalty(Penalties.r1(0.1));
  }

  private void save(AdversarialTraining recipe) {
    try (AdversarialTrainer trainer = recipe.start(points(32))) {
      trainer.train(1);
      trainer.save(directory);
    }
  }

  /** Rows as in {@code batch | 8 | 9}. */
  private void assertRefused(AdversarialTraining recipe, Dataset data, String... rows) {
    assertThatThrownBy(() -> recipe.resume(data, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(directory + ": was saved with other settings:\n")
        .hasMessageEndingWith(
            "\nNothing was loaded; resume with the settings of then, or start a new run")
        .satisfies(
            e ->
                assertThat(
                        e.getMessage()
                            .lines()
                            .filter(line -> line.startsWith("  "))
                            .map(line -> line.strip().replaceAll(" {2,}", " | "))
                            .skip(1))
                    .containsExactly(rows));
  }

  @Test
  void resume_withOtherFields_namesTheseAlone() {
    save(recipe(hinge()));

    assertRefused(recipe(hinge()).batch(9), points(32), "batch | 8 | 9");
    assertRefused(
        recipe(hinge()).optimizers(Optimizers.both(Adam.rate(1e-3).beta1(0.5))),
        points(32),
        "optimizer.discriminator.rate | 2.0E-4 | 0.001",
        "optimizer.generator.rate | 2.0E-4 | 0.001");
    assertRefused(
        recipe(Objective.of(AdversarialLosses.hinge()).penalty(Penalties.r1(5))),
        points(32),
        "penalties.0.gamma | 0.1 | 5.0");
    assertRefused(
        recipe(Objective.of(AdversarialLosses.wasserstein())),
        points(32),
        "loss | hinge | wasserstein",
        "penalties | 1 entry | 0 entries");
    assertRefused(recipe(hinge().clipWeights(0.01)), points(32), "weight_clip | none | 0.01");
    assertRefused(recipe(hinge(), 5), points(32), "discriminator.0.units | 4 | 5");
    assertRefused(recipe(hinge()), points(33), "data.inputs.point | FLOAT (32, 2) | FLOAT (33, 2)");
    try (AdversarialTrainer same = recipe(hinge()).resume(points(32), directory)) {
      assertThat(same.counters().rounds()).isEqualTo(1);
    }
  }

  /** A user's own loss, as a record: compared by its numbers. */
  public record Scaled(double scale) implements PointwiseLoss {

    @Override
    public Value onReal(Ops ops, Value score) {
      return ops.scale(score, -scale);
    }

    @Override
    public Value onFake(Ops ops, Value score) {
      return ops.scale(score, scale);
    }

    @Override
    public Value forGenerator(Ops ops, Value score) {
      return ops.scale(score, -scale);
    }
  }

  @Test
  void resume_withAUsersRecord_comparesItsComponents() {
    save(recipe(Objective.of(new Scaled(1))));

    assertRefused(recipe(Objective.of(new Scaled(2))), points(32), "loss.scale | 1.0 | 2.0");
  }

  private static Penalty code() {
    return new Penalty() {
      @Override
      public SymbolicTensor term(CriticContext critic) {
        return Lambda.of((ops, in) -> ops.mean(ops.square(in.get(0)))).apply(critic.realScores());
      }

      @Override
      public String toString() {
        return "the same for everybody";
      }
    };
  }

  @Test
  void settings_ofCode_areNamedAsIncomparable() {
    AdversarialTraining recipe =
        recipe(
            hinge().penalty(code()), 4, Lambda.of("twice", (ops, in) -> ops.scale(in.get(0), 2)));
    Map<String, String> settings = Settings.of(recipe, List.of(points(4)));

    assertThat(Settings.incomparable(settings, settings))
        .containsExactly("generator.1", "penalties.1.penalty");
    assertThat(Settings.incomparable(settings, Settings.of(recipe(hinge()), List.of(points(4)))))
        .isEmpty();
    save(recipe); // and is resumed all the same
    try (AdversarialTrainer resumed = recipe.resume(points(32), directory)) {
      assertThat(resumed.counters().rounds()).isEqualTo(1);
    }
  }

  @Test
  void resume_ofARunOfFormat1_goesOnOrSaysWhatDiffers() {
    AdversarialTraining recipe = recipe(hinge()).seed(1);
    try (AdversarialTrainer trainer = recipe.start(points(32))) {
      trainer.train(1);
      RunState state = RunState.at(trainer.position());
      for (Map.Entry<String, Long> number : RunFiles.state(trainer).numbers().entrySet()) {
        if (!number.getKey().equals("settings format")) {
          state = state.with(number.getKey(), number.getValue());
        }
      }
      for (Map.Entry<String, String> text :
          TextSettings.of(recipe, List.of(points(32))).entrySet()) {
        state = state.with("setting " + text.getKey(), text.getValue());
      }
      RunFiles.checkpoint(trainer).save(directory, state);
    }

    try (AdversarialTrainer resumed = recipe(hinge()).seed(1).resume(points(32), directory)) {
      assertThat(resumed.counters().rounds()).isEqualTo(1);
      resumed.save(directory); // in the format of now
    }
    assertRefused(recipe(hinge()).seed(1).batch(9), points(32), "batch | 8 | 9");
  }

  @Test
  void settings_ofFormat1_areAsTheyWere() {
    assertThat(TextSettings.of(recipe(hinge()).seed(1), List.of(points(32))))
        .containsEntry("loss", "Hinge[]")
        .containsEntry("conditioning", "None[]")
        .containsEntry("latent", "NormalLatent[shape=(2,)]")
        .containsEntry(
            "schedule",
            "Schedule[discriminatorSteps=1.0, generatorSteps=1.0, simultaneous=false,"
                + " accumulation=1, reusedFakes=false]")
        .containsEntry("batch", "8")
        .containsEntry("packing", "1")
        .containsEntry("average", "Optional.empty")
        .containsEntry("data", "{point FLOAT(32, 2)} to {}")
        .containsEntry(
            "generator's optimizer",
            "Adam[rate=ConstantRate[rate=2.0E-4], beta1=0.5, beta2=0.999, epsilon=1.0E-7,"
                + " keepLargest=false]");
  }

  @Test
  void wrappedLayers_ofFormat1_areAsTheyWere() {
    Dense inner = Dense.units(1).bias(false).named("d");
    Model discriminator =
        Model.sequential(
            "discriminator",
            Input.of("x", 2),
            SpectralNormalization.of(inner).iterations(2).named("s"));
    AdversarialPair pair = recipe(hinge()).pair();
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.of(pair.generator(), discriminator, Latent.normal(2)), hinge())
            .seed(1);

    assertThat(TextSettings.of(recipe, List.of(points(32))))
        .containsEntry(
            "discriminator",
            "[SpectralNormalization{iterations=2, layer=LayerSpec[type=Dense, name=d,"
                + " trainable=true, config=Config[settings={units=1, bias=false}]]}]");
  }

  @Test
  void resume_ofANewerFormat_saysUpgrade() {
    AdversarialTraining recipe = recipe(hinge()).seed(1);
    try (AdversarialTrainer trainer = recipe.start(points(32))) {
      RunFiles.checkpoint(trainer)
          .save(directory, RunFiles.state(trainer).with("settings format", 3));
    }

    assertThatThrownBy(() -> recipe.resume(points(32), directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("has settings of format 3")
        .hasMessageEndingWith("upgrade it");
  }

  @Test
  void types_ofAllParts_haveNamesThatStay() {
    List<JavaClass> parts =
        new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.tandem.gan")
                .stream()
                .filter(JavaClass::isRecord)
                .filter(
                    type ->
                        Stream.of(
                                AdversarialLoss.class,
                                Augmentation.class,
                                Penalty.class,
                                GeneratorTerm.class,
                                Strength.class,
                                Latent.class,
                                Conditioning.class,
                                WeightAverage.class)
                            .anyMatch(type::isAssignableTo))
                .toList();

    assertThat(parts).hasSizeGreaterThan(30);
    assertThat(parts)
        .allSatisfy(
            part ->
                assertThat(RunTypes.name(part.reflect())).as(part.getName()).doesNotContain("."));
    assertThatThrownBy(() -> RunTypes.register("hinge", Scaled.class))
        .isInstanceOf(IllegalStateException.class);
  }
}
