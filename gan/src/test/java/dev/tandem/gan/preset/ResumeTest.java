package dev.tandem.gan.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.conditioning.Direction;
import dev.tandem.gan.net.PatchGan;
import dev.tandem.gan.net.ResNetGenerator;
import dev.tandem.gan.net.UNet;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.augment.AdaAugmentations;
import dev.tandem.gan.objective.augment.Augmentations;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.GeneratorTerms;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Alternation;
import dev.tandem.gan.train.Counters;
import dev.tandem.gan.train.RunArrays;
import dev.tandem.gan.train.WeightAverage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Twice as many rounds are half of them and, by other objects that were restored, the rest, bit for
 * bit.
 */
class ResumeTest {

  private static final int HALF = 7;

  /** Rounds of images take longer. */
  private static final int HALF_OF_IMAGES = 4;

  private static final Strength FAST = Strength.adaptive().images(200);

  @TempDir Path directory;

  /** Every preset on points, and the unusual parts of recipes, all at once and one by one. */
  static List<Arguments> recipes() {
    List<Arguments> all = new ArrayList<>();
    for (Preset preset : Presets.all()) {
      all.add(Arguments.of(preset.name(), preset, UnaryOperator.identity()));
    }
    add(
        all,
        "lazy penalties",
        "r3gan",
        t -> with(t, t.objective().lazyPenalty(Penalties.r1(1), 3)));
    add(all, "LeCam", "sngan", t -> with(t, t.objective().penalty(Penalties.leCam(0.1))));
    add(
        all,
        "lazy LeCam",
        "sngan",
        t -> with(t, t.objective().lazyPenalty(Penalties.leCam(0.1), 2)));
    add(all, "DRAGAN", "sngan", t -> with(t, t.objective().penalty(Penalties.dragan(1))));
    add(all, "clipped weights", "wgan-gp", t -> with(t, t.objective().clipWeights(0.05)));
    add(
        all,
        "noise",
        "sngan",
        t ->
            with(
                t,
                t.objective()
                    .smoothLabels(0.1)
                    .flipLabels(0.1)
                    .augment(Augmentations.instanceNoise(0.1))));
    add(all, "simultaneous", "sngan", t -> t.schedule(Alternation.simultaneously()));
    add(
        all,
        "fractions",
        "r3gan",
        t -> t.schedule(Alternation.alternating().discriminatorSteps(0.7).generatorSteps(1.5)));
    add(all, "reused fakes", "r3gan", t -> t.schedule(Alternation.alternating().reusingFakes()));
    add(all, "accumulation", "r3gan", t -> t.schedule(Alternation.alternating().accumulating(2)));
    add(
        all,
        "ADA",
        "dcgan",
        t ->
            with(t, t.objective().augment(Augmentations.at(FAST, Augmentations.instanceNoise(1)))));
    add(
        all,
        "scheduled strength",
        "pacgan2",
        t ->
            with(
                t,
                t.objective()
                    .augment(
                        Augmentations.at(
                            Strength.scheduled(Schedules.linearDecay(0, 30, 1)),
                            Augmentations.instanceNoise(1)))));
    add(all, "burn-in", "r3gan", t -> BurnIn.of(t, 30));
    add(
        all,
        "lazy burn-in",
        "r3gan",
        t -> BurnIn.of(with(t, t.objective().lazyPenalty(Penalties.r1(1), 3)), 30));
    add(all, "BEGAN", "sngan", t -> with(t, Objective.of(AdversarialLosses.equilibrium(0.5, 0.1))));
    add(
        all,
        "consistency",
        "sngan",
        t ->
            with(
                t,
                t.objective()
                    .penalty(
                        Penalties.balancedConsistency(1, 1, Augmentations.instanceNoise(0.1)))));
    add(
        all,
        "feature matching",
        "infogan",
        t -> with(t, t.objective().generatorTerm(GeneratorTerms.featureMatching(1, "d1"))));
    add(all, "average by images", "sngan", t -> t.average(WeightAverage.halfLife(100, 0.1)));
    add(all, "averaged cycle", "cyclegan", t -> t.average(WeightAverage.decay(0.9)));
    add(
        all,
        "cycle with penalties and noise",
        "cyclegan",
        t ->
            with(
                t,
                t.objective()
                    .smoothLabels(0.1)
                    .augment(Augmentations.instanceNoise(0.1))
                    .penalty(Penalties.leCam(0.1))
                    .lazyPenalty(Penalties.r1(1), 3)));
    add(
        all,
        "cycle with numbers that change",
        "cyclegan",
        t ->
            with(
                t,
                Objective.of(AdversarialLosses.equilibrium(0.5, 0.1))
                    .penalty(Penalties.r1(1), Schedules.linearDecay(1, 30, 0))
                    .augment(
                        Augmentations.at(
                            Strength.scheduled(Schedules.linearDecay(0, 30, 1)),
                            Augmentations.instanceNoise(1)))));
    add(
        all,
        "translation with a penalty",
        "pix2pix",
        t -> with(t, t.objective().penalty(Penalties.r2(1))));
    return all;
  }

  private static void add(
      List<Arguments> all, String title, String preset, UnaryOperator<AdversarialTraining> change) {
    all.add(Arguments.of(title, Presets.named(preset), change));
  }

  private static AdversarialTraining with(AdversarialTraining training, Objective objective) {
    return AdversarialTraining.of(training.pair(), objective)
        .initializing()
        .optimizers(training.optimizers())
        .schedule(training.schedule());
  }

  private static AdversarialTraining recipe(
      Preset preset, UnaryOperator<AdversarialTraining> change) {
    return change.apply(preset.forSamples(Shape.of(2))).batch(6).seed(11);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recipes")
  void resume_inTheMiddle_endsWhereAnUninterruptedRunDoes(
      String title, Preset preset, UnaryOperator<AdversarialTraining> change) {
    assertExact(() -> recipe(preset, change), Samples.points(50), HALF);
  }

  static List<Preset> presets() {
    return Presets.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("presets")
  void resume_ofImages_endsWhereAnUninterruptedRunDoes(Preset preset) {
    Dataset data = Samples.images(12);
    assertExact(() -> preset.on(data).batch(2).seed(11), data, HALF_OF_IMAGES);
  }

  @Test
  void resume_ofImagesUnderAda_endsWhereAnUninterruptedRunDoes() {
    Dataset data = Samples.images(12);
    assertExact(
        () -> {
          AdversarialTraining recipe = Presets.named("dcgan").on(data).batch(2).seed(11);
          return recipe.objective(
              recipe
                  .objective()
                  .augment(
                      Augmentations.at(
                          FAST,
                          AdaAugmentations.blits(),
                          AdaAugmentations.geometry(),
                          AdaAugmentations.color())));
        },
        data,
        HALF_OF_IMAGES);
  }

  /** Each call of the recipe builds new nets. */
  private void assertExact(Supplier<AdversarialTraining> recipe, Dataset data, int half) {
    Map<String, String> middle;
    Map<String, String> whole;
    Counters counters;
    try (AdversarialTrainer first = Samples.start(recipe.get(), data)) {
      first.train(half);
      first.save(directory);
      middle = RunArrays.of(first);
      first.train(half);
      whole = RunArrays.of(first);
      counters = first.counters();
    }
    try (AdversarialTrainer second = Samples.resume(recipe.get(), data, directory)) {
      assertThat(RunArrays.of(second)).isEqualTo(middle);
      second.train(half);

      assertThat(RunArrays.of(second)).isEqualTo(whole).isNotEqualTo(middle);
      assertThat(second.counters()).isEqualTo(counters);
      assertThat(counters.rounds()).isEqualTo(2 * half);
    }
  }

  /** A cycle has all that a run can remember: pools, an average, lazy penalties, two directions. */
  @Test
  void save_inTheMiddle_changesNothing() {
    Supplier<AdversarialTraining> recipe =
        () ->
            recipe(
                Presets.named("cyclegan"),
                t ->
                    with(t, t.objective().lazyPenalty(Penalties.r1(1), 3))
                        .average(WeightAverage.decay(0.9)));
    List<Map<String, String>> ends = new ArrayList<>();
    for (boolean saves : new boolean[] {true, false}) {
      try (AdversarialTrainer trainer = Samples.start(recipe.get(), Samples.points(50))) {
        trainer.train(HALF);
        if (saves) {
          trainer.save(directory);
        }
        trainer.train(HALF);
        ends.add(RunArrays.of(trainer));
      }
    }

    assertThat(ends.get(0)).isEqualTo(ends.get(1));
  }

  /** What the presets that translate are for images, with fewer filters. */
  private static AdversarialTraining translation(boolean cyclic) {
    if (!cyclic) {
      AdversarialPair pair =
          AdversarialPair.translating(
              UNet.sized(8, 8, 1, 1).filters(4).build("generator"),
              PatchGan.sized(8, 8, 2).filters(4).build("discriminator"),
              100);
      return AdversarialTraining.of(pair, Objective.of(AdversarialLosses.nonSaturating()))
          .initializing();
    }
    AdversarialPair pair =
        AdversarialPair.cyclic(
            new Direction(translator("forth"), PatchGan.sized(8, 8, 1).filters(4).build("judge")),
            new Direction(translator("back"), PatchGan.sized(8, 8, 1).filters(4).build("judge_2")),
            new Cycle(5, 2.5, 5));
    return AdversarialTraining.of(pair, Objective.of(AdversarialLosses.leastSquares()))
        .initializing();
  }

  private static Model translator(String name) {
    return ResNetGenerator.sized(8, 8, 1, 1).filters(4).blocks(1).build(name);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void resume_ofTranslatedImages_isExactToo(boolean cyclic) {
    Dataset data = Samples.images(20, 8);
    Map<String, String> whole;
    try (AdversarialTrainer trainer = Samples.start(translation(cyclic).batch(2).seed(2), data)) {
      trainer.train(HALF);
      trainer.save(directory);
      trainer.train(HALF);
      whole = RunArrays.of(trainer);
    }
    try (AdversarialTrainer later =
        Samples.resume(translation(cyclic).batch(2).seed(2), data, directory)) {
      later.train(HALF);

      assertThat(RunArrays.of(later)).isEqualTo(whole);
      assertThat(whole.keySet().stream().filter(key -> key.contains("replay_")))
          .hasSize(cyclic ? 4 : 0);
    }
  }

  @Test
  void resume_ofImages_isExactToo() {
    Dataset data = Samples.images(20);
    AdversarialTraining recipe = Presets.named("dcgan").on(data).batch(4).seed(2);
    AdversarialTraining augmented =
        with(
                recipe,
                recipe
                    .objective()
                    .augment(Augmentations.brightness())
                    .augment(Augmentations.translation(0.125)))
            .batch(4);
    Map<String, String> whole;
    try (AdversarialTrainer trainer = augmented.start(data)) {
      trainer.train(2);
      trainer.save(directory);
      trainer.train(2);
      whole = RunArrays.of(trainer);
      trainer.restore(directory);
      trainer.train(2);

      assertThat(RunArrays.of(trainer)).isEqualTo(whole);
    }
  }

  @Test
  void resume_withOtherSettings_listsThemAndLoadsNothing() {
    Dataset data = Samples.points(50);
    Preset preset = Presets.named("r3gan");
    try (AdversarialTrainer trainer = recipe(preset, UnaryOperator.identity()).start(data)) {
      trainer.save(directory);
    }
    AdversarialTraining other =
        recipe(preset, UnaryOperator.identity())
            .batch(7)
            .optimizers(Optimizers.both(Adam.rate(0.5)));

    assertThatThrownBy(() -> other.resume(data, directory))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("was saved with other settings:\n")
        .hasMessageContaining("  batch  ")
        .hasMessageContaining("  optimizer.discriminator.rate  ")
        .hasMessageContaining("  optimizer.generator.rate      ")
        .hasMessageContaining("Nothing was loaded")
        .hasMessageNotContaining("  seed");
    assertThatThrownBy(
            () -> recipe(preset, UnaryOperator.identity()).resume(Samples.points(51), directory))
        .hasMessageContaining("  data.inputs.point   FLOAT (50, 2)  FLOAT (51, 2)\n");
    assertThatThrownBy(
            () -> recipe(Presets.named("sngan"), UnaryOperator.identity()).resume(data, directory))
        .hasMessageContaining("  discriminator.0  ")
        .hasMessageContaining("  relativistic_paired  hinge\n");
  }
}
