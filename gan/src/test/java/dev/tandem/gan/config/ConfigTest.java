package dev.tandem.gan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.optimizer.Clippings;
import dev.tandem.core.optimizer.Schedules;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.data.RowAugmentation;
import dev.tandem.gan.latent.Latent;
import dev.tandem.gan.net.NetDesign;
import dev.tandem.gan.net.NetTypes;
import dev.tandem.gan.net.PointTranslator;
import dev.tandem.gan.net.ResNetGan;
import dev.tandem.gan.net.StyleGan2;
import dev.tandem.gan.objective.Objective;
import dev.tandem.gan.objective.augment.AdaAugmentations;
import dev.tandem.gan.objective.augment.Augmentations;
import dev.tandem.gan.objective.augment.Strength;
import dev.tandem.gan.objective.loss.AdversarialLosses;
import dev.tandem.gan.objective.penalty.GeneratorTerms;
import dev.tandem.gan.objective.penalty.Penalties;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.preset.BurnIn;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.step.Optimizers;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Alternation;
import dev.tandem.gan.train.RunArrays;
import dev.tandem.gan.train.SettingsText;
import dev.tandem.gan.train.WeightAverage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Recipes as texts, and texts as recipes. */
class ConfigTest {

  static List<Arguments> presets() {
    List<Arguments> all = new ArrayList<>();
    for (Preset preset : Presets.all()) {
      for (Shape sample : List.of(Shape.of(2), Shape.of(28, 28, 1), Shape.of(28, 20, 3))) {
        try {
          preset.forSamples(sample);
          all.add(Arguments.of(preset, sample));
        } catch (IllegalArgumentException e) {
          // no nets for it
        }
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("presets")
  void recipe_ofAPreset_isTheSameFromItsText(Preset preset, Shape sample) {
    AdversarialTraining recipe = preset.forSamples(sample).seed(3);

    String text = Config.of(recipe).text();
    AdversarialTraining read = Config.parse(text, "run.yaml").recipe(sample, OptionalInt.empty());

    assertThat(SettingsText.of(read)).isEqualTo(SettingsText.of(recipe));
    assertThat(Config.of(read).text()).isEqualTo(text);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("presets")
  void preset_byName_isTheSameAsInJava(Preset preset, Shape sample) {
    OptionalInt classes = OptionalInt.of(7);
    AdversarialTraining usual = preset.forSamples(sample);
    AdversarialTraining recipe =
        (usual.pair().conditioning().needsLabels() ? preset.classes(7).forSamples(sample) : usual)
            .seed(1);

    Config named = Config.preset(preset.name());
    Config written = named.resolved(sample, classes);

    assertThat(SettingsText.of(named.recipe(sample, classes))).isEqualTo(SettingsText.of(recipe));
    assertThat(SettingsText.of(written.recipe(sample, classes))).isEqualTo(SettingsText.of(recipe));
    assertThat(Config.parse(written.text(), "x").resolved(sample, classes)).isEqualTo(written);
    assertThat(written.name()).isEqualTo(preset.name());
    assertThat(written.text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(100));
    if (usual.pair().conditioning().needsLabels()) {
      assertThat(written.text()).doesNotContain("classes:");
    }
  }

  /** Bits of nets and optimizers after a round. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("all")
  void preset_fromItsText_hasTheSameFirstRound(Preset preset) {
    Dataset data = points();
    String text =
        Config.preset(preset.name())
            .resolved(Shape.of(2), OptionalInt.of(10))
            .set("batch=6")
            .text();
    AdversarialTraining recipe = preset.classes(10).forSamples(Shape.of(2)).batch(6).seed(1);

    assertThat(round(Config.parse(text, "run.yaml").recipe(data), data))
        .isEqualTo(round(recipe, data));
  }

  static List<Preset> all() {
    return Presets.all();
  }

  private static Object round(AdversarialTraining recipe, Dataset data) {
    INDArray samples = data.inputs().values().iterator().next();
    boolean translates = recipe.pair().conditioning().translates();
    Dataset taken =
        translates && !(recipe.pair().conditioning() instanceof Cycle)
            ? Dataset.builder().input("source", samples).target("sample", samples.neg()).build()
            : data;
    try (AdversarialTrainer trainer =
        recipe.pair().conditioning() instanceof Cycle
            ? recipe.start(data, data)
            : recipe.start(taken)) {
      trainer.train(1);
      return RunArrays.of(trainer);
    }
  }

  private static Dataset points() {
    INDArray points = Nd4j.zeros(DataType.FLOAT, 40, 2);
    CounterRandom.of(1).normal(points);
    int[] labels = IntStream.range(0, 40).map(i -> i % 10).toArray();
    return Dataset.builder()
        .input("point", points)
        .target("label", Nd4j.createFromArray(labels))
        .build();
  }

  @Test
  void layouts_ofRandomParts_areTheSameFromTheirText() {
    Shape sample = Shape.of(32, 32, 3);
    for (int seed = 0; seed < 400; seed++) {
      Layout layout = new RandomLayouts(seed).next();
      PairNumbers numbers =
          new PairNumbers(
              sample, OptionalInt.of(4), layout.latent(), layout.conditioning(), layout.packing());
      String text = YamlText.of(Layouts.tree(layout, numbers));
      Node.Branch tree = YamlReader.document(text, "run.yaml");

      assertThat(Layouts.numbers(tree, sample, OptionalInt.of(4))).as(text).isEqualTo(numbers);
      assertThat(Layouts.read(tree, numbers)).as(text).isEqualTo(layout);
    }
  }

  private static AdversarialTraining dcgan(UnaryOperator<Objective> change) {
    AdversarialTraining recipe = Presets.named("dcgan").forSamples(Shape.of(28, 28, 1)).seed(1);
    return recipe.objective(change.apply(recipe.objective()));
  }

  static List<Arguments> recipes() {
    Shape small = Shape.of(32, 32, 3);
    AdversarialTraining plain = dcgan(objective -> objective);
    ResNetGan sagan = ResNetGan.sagan(32, 3).filters(8).classes(4).latent(20);
    StyleGan2 style = StyleGan2.sized(32, 3).filters(8).mapping(2);
    return List.of(
        Arguments.of(
            "burn-in", BurnIn.of(Presets.named("r3gan").forSamples(small).seed(2), 50), small),
        Arguments.of(
            "lazy penalty, ADA",
            dcgan(
                objective ->
                    objective
                        .lazyPenalty(Penalties.r1(10), 16, Schedules.linearDecay(1, 9, 0))
                        .augment(
                            Augmentations.at(
                                Strength.adaptive().images(1000),
                                AdaAugmentations.blits(),
                                AdaAugmentations.color()))),
            Shape.of(28, 28, 1)),
        Arguments.of(
            "noisy labels, clipped weights, gradients and features",
            dcgan(
                    objective ->
                        objective
                            .smoothLabels(0.1)
                            .clipWeights(0.01)
                            .judgingTogether()
                            .generatorTerm(GeneratorTerms.featureMatching(1, "d_0")))
                .optimizers(
                    Optimizers.both(Sgd.rate(0.1).momentum(0.9)).clip(Clippings.byGlobalNorm(1))),
            Shape.of(28, 28, 1)),
        Arguments.of(
            "SAGAN with classes",
            AdversarialTraining.of(
                    AdversarialPair.conditional(
                        sagan.generator("generator"),
                        sagan.discriminator("discriminator"),
                        Latent.normal(20),
                        4),
                    Objective.of(AdversarialLosses.hinge()))
                .schedule(Alternation.simultaneously().accumulating(2))
                .seed(-5),
            small),
        Arguments.of(
            "StyleGAN2",
            AdversarialTraining.of(
                    AdversarialPair.of(
                        style.generator("generator"),
                        style.discriminator("discriminator"),
                        Latent.uniform(-1, 1, 64)),
                    plain.objective())
                .average(WeightAverage.halfLife(10_000, 0.05)),
            small));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("recipes")
  void recipe_ofAUser_isTheSameFromItsText(String title, AdversarialTraining recipe, Shape sample) {
    String text = Config.of(recipe).text();
    AdversarialTraining read = Config.parse(text, "run.yaml").recipe(sample, OptionalInt.empty());

    AdversarialTraining seeded = recipe.seed().isPresent() ? recipe : recipe.seed(3);
    assertThat(SettingsText.of(recipe.seed().isPresent() ? read : read.seed(3)))
        .isEqualTo(SettingsText.of(seeded));
    assertThat(Config.of(read).text()).isEqualTo(text);
  }

  /** A user's own net. */
  public record TwoLayers(int size, int units, boolean judges) implements NetDesign {
    @Override
    public Model build(String name) {
      return drew(
          Model.sequential(
              name,
              Input.of("in", size),
              Dense.units(units).named(name + "_0"),
              Dense.units(judges ? 1 : size).named(name + "_1")));
    }
  }

  @Test
  void net_ofAUser_isKnownOnceItIsRegistered() {
    AdversarialTraining recipe =
        AdversarialTraining.of(
                AdversarialPair.of(
                    new TwoLayers(2, 8, false).build("generator"),
                    new TwoLayers(2, 6, true).build("discriminator"),
                    Latent.normal(2)),
                Objective.of(AdversarialLosses.hinge()))
            .seed(1);
    assertThatThrownBy(() -> Config.of(recipe))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("nets.generator is of " + TwoLayers.class.getName());

    NetTypes.register("two_layers", TwoLayers.class);
    String text = Config.of(recipe).text();

    assertThat(text).contains("    type: two_layers\n    units: 8\n    judges: false\n");
    assertThat(SettingsText.of(Config.parse(text, "x").recipe(Shape.of(2), OptionalInt.empty())))
        .isEqualTo(SettingsText.of(recipe));
  }

  @Test
  void recipe_ofCode_isRefusedByWhatIsCode() {
    AdversarialTraining code = dcgan(objective -> objective.augment((ops, x) -> x));
    assertThatThrownBy(() -> Config.of(code))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("augmentations.0 is code, for which files have no form;");

    Model drawn = Model.sequential("generator", Input.of("z", 100), Dense.units(2).named("g"));
    Model judge = Model.sequential("discriminator", Input.of("x", 2), Dense.units(1).named("d"));
    AdversarialTraining own =
        AdversarialTraining.of(
            AdversarialPair.of(drawn, judge, Latent.normal(100)), code.objective());
    assertThatThrownBy(() -> Config.of(own))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "nets.generator is \"generator\", drawn in code, for which files have no form;")
        .hasMessageContaining("NetTypes.register");
    Model other = new PointTranslator(2, 2).build("g");
    AdversarialTraining misnamed =
        AdversarialTraining.of(
            AdversarialPair.of(other, judge, Latent.normal(2)), code.objective());
    assertThatThrownBy(() -> Config.of(misnamed))
        .hasMessage("nets.generator is called \"g\"; call it \"generator\"");
  }

  @Test
  void parts_thatDoNotGoTogether_areRefusedByTheFile() {
    Config config =
        Config.parse("preset: dcgan\nlatent: {type: normal_latent, shape: 7}\n", "a.yaml");

    assertThatThrownBy(() -> config.recipe(Shape.of(28, 28, 1), OptionalInt.empty()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("expects a latent (batch, …) like float32 (batch, 100)")
        .hasMessageEndingWith("(a.yaml)");
    assertThatThrownBy(
            () -> Config.preset("dcgan").recipe(Shape.of(30, 31, 1), OptionalInt.empty()))
        .hasMessageContaining("(30, 31, 1)")
        .hasMessageEndingWith("(--preset dcgan, line 1, column 9)");
  }

  @Test
  void fidOfEarlierVersions_isAMetricAtTheEnd() {
    Config none = Config.parse("preset: dcgan\nmetrics:\n  fid: 0\n  measured: none\n", "old");
    Config alone = Config.parse("preset: dcgan\nmetrics: {fid: 500}\n", "old");
    Config both = Config.parse("preset: dcgan\nmetrics: {fid: 500, measured: swd}\n", "old");

    assertThat(none.metrics().measured()).isEmpty();
    assertThat(alone.metrics().measured()).hasValue("fid:500@end");
    assertThat(both.metrics().measured()).hasValue("swd,fid:500@end");
    assertThat(both.resolved(Shape.of(2), OptionalInt.empty()).values())
        .containsEntry("metrics.measured", "swd,fid:500@end")
        .doesNotContainKey("metrics.fid");
    assertThatThrownBy(() -> none.set("metrics.fid=5"))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "there is no metrics.fid any more; set metrics.measured=fid:5@end"
                + " (--set metrics.fid=5)");
    assertThatThrownBy(() -> Config.parse("preset: dcgan\nmetrics: {fid: a}\n", "old"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("metrics.fid is not a whole number: a (old, line 2, column 16)");
  }

  @Test
  void types_ofFiles_areOfOneNameEach() {
    assertThat(Kinds.of(NetDesign.class)).hasSizeGreaterThan(20);
    assertThat(Kinds.of(dev.tandem.core.optimizer.Optimizer.class)).hasSizeGreaterThan(8);
    assertThatThrownBy(() -> Config.preset("r3gam"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "there is no preset r3gam; the nearest is r3gan, and there are dcgan");
  }

  @Test
  void file_ofOtherBytes_isRefusedByPlace(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("run.yaml");
    Files.write(file, "preset: dcgan\nname: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatThrownBy(() -> Config.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "byte 0xE9 is no text in UTF-8; save the file as UTF-8, as editors offer it ("
                + file
                + ", line 2, column 10)");

    Files.write(file, "preset: dcgan\n".getBytes(StandardCharsets.UTF_16));
    assertThatThrownBy(() -> Config.read(file))
        .hasMessageContainingAll("byte 0xFE is no text", "line 1, column 1");

    Files.writeString(file, "preset: dcgan\nname: caf\u00e9\n");
    assertThat(Config.read(file).name()).isEqualTo("caf\u00e9");
  }

  @Test
  void data_ofRunsBeforeChangesByChance_isRead() {
    Config old = Config.parse("preset: dcgan\ndata: {name: photos, mirror: true}", "run");

    assertThat(old.data().augmentation()).isEqualTo(RowAugmentation.none().mirror());
    assertThat(old.set("data.augment.shift=3").data().augmentation())
        .isEqualTo(RowAugmentation.none().mirror().shift(3));
    assertThatThrownBy(() -> old.set("data.augment.shift=-1").data())
        .hasMessage("data.augment.shift is below 0: -1 (--set data.augment.shift=-1)");
    assertThatThrownBy(() -> old.set("data.augment.zoom=1").data())
        .hasMessageContaining("there is no key data.augment.zoom; the nearest is");
  }
}
