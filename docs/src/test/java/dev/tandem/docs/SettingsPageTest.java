package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.data.Dataset;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.config.Config;
import dev.tandem.gan.config.ConfigKeys;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.Changes;
import dev.tandem.gan.train.SettingChange;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What the page on settings shows. */
class SettingsPageTest {

  private static final String PAGE = Snippets.read(Snippets.DOCS.resolve("settings.md"));

  @TempDir Path directory;

  private static Dataset points() {
    INDArray points = Nd4j.zeros(DataType.FLOAT, 100, 2);
    CounterRandom.of(1).normal(points);
    int[] labels = IntStream.range(0, 100).map(i -> i % 5).toArray();
    return Dataset.builder()
        .input("point", points)
        .target("label", Nd4j.createFromArray(labels))
        .build();
  }

  @Test
  void config_asShown_isWrittenAndRead() {
    Path file = directory.resolve("run.yaml");
    Dataset data = points();

    // region config
    Config config = Config.preset("cgan").set("batch=32").set("optimizer.generator.rate=1e-4");
    config.write(file);
    AdversarialTraining recipe = Config.read(file).recipe(data);
    Config all = Config.of(recipe); // the other way round
    // endregion

    assertThat(all.get("conditioning.classes")).isEqualTo("5");
    assertThat(all.get("optimizer.generator.rate")).isEqualTo("1.0e-4");
    try (AdversarialTrainer trainer = recipe.start(data)) {
      trainer.train(1);
      trainer.save(directory.resolve("run"));
    }
    resumed(file, data, directory.resolve("run"));
  }

  private static void resumed(Path file, Dataset data, Path directory) {
    // region resume
    AdversarialTraining slower = Config.read(file).set("batch=16").recipe(data);
    AdversarialTrainer trainer = slower.resume(data, directory, Changes.of("batch"));
    trainer.train(2);
    ImmutableList<SettingChange> changes = trainer.changes();
    // endregion
    trainer.close();
    assertThat(changes).containsExactly(new SettingChange(1, "batch", "32", "16"));
  }

  private static String between(String begin) {
    Matcher block =
        Pattern.compile("<!-- " + begin + " -->\\R(.*?)<!-- end -->", Pattern.DOTALL).matcher(PAGE);
    assertThat(block.find()).isTrue();
    return block.group(1).strip();
  }

  @Test
  void tables_nameAllKeysAndTypes() {
    assertThat(between("keys")).isEqualTo(ConfigKeys.keys().strip());
    assertThat(between("types")).isEqualTo(ConfigKeys.types().strip());
  }

  @Test
  void files_asShown_areRead() {
    Matcher files =
        Pattern.compile("```\\R((?:version|preset): .*?)```", Pattern.DOTALL).matcher(PAGE);
    Config whole = file(files);
    Config part = file(files);

    assertThat(whole.budget().rounds()).isEqualTo(5000);
    assertThat(whole).isEqualTo(shown("r3gan", whole));
    assertThat(part.data().name()).isEqualTo("pics64");
    assertThat(part.get("optimizer.generator.rate")).isEqualTo("5.0e-4");
    assertThat(part.get("optimizer.discriminator.rate")).isEqualTo("0.001");
  }

  private static Config file(Matcher files) {
    assertThat(files.find()).isTrue();
    return Config.parse(files.group(1), "settings.md")
        .resolved(Shape.of(28, 28, 1), OptionalInt.empty());
  }

  private static Config shown(String preset, Config like) {
    return Config.preset(preset)
        .set("name=" + like.name())
        .resolved(Shape.of(28, 28, 1), OptionalInt.empty());
  }
}
