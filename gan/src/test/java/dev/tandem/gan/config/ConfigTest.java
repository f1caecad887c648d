package dev.tandem.gan.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.RunArrays;
import dev.tandem.gan.train.SettingsText;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
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
      for (Shape sample :
          List.of(Shape.of(2), Shape.of(28, 28, 1), Shape.of(32, 32, 3), Shape.of(28, 20, 3))) {
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

  @Test
  void types_ofFiles_areOfOneNameEach() {
    assertThat(Kinds.of(dev.tandem.gan.net.NetDesign.class)).hasSizeGreaterThan(20);
    assertThat(Kinds.of(dev.tandem.core.optimizer.Optimizer.class)).hasSizeGreaterThan(8);
    assertThatThrownBy(() -> Config.preset("r3gam"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(
            "there is no preset r3gam; the nearest is r3gan, and there are dcgan");
  }
}
