package dev.tandem.gan.config;

import com.google.common.collect.ImmutableSortedMap;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.data.DataSource;
import dev.tandem.core.io.WholeFile;
import dev.tandem.core.op.Precision;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Engines;
import dev.tandem.gan.preset.LabelledClasses;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.train.AdversarialTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * All settings of a run as one text, in YAML or JSON, changed by copying.
 *
 * <pre>{@code
 * Config config = Config.read(Path.of("run.yaml")).set("optimizer.generator.rate=1e-4");
 * AdversarialTraining recipe = config.recipe(data);
 * }</pre>
 *
 * <p>Keys that are left out have the values of {@code preset}, if a text names one, else those of
 * {@link AdversarialTraining#of}. Sizes, channels and classes of nets follow from the data where
 * they are left out. Weights are no settings: recipes begin with first ones.
 */
public final class Config {

  private static final String PRESET = "preset";
  private static final String COMMENT =
      "# A run of Tandem: tandem gan --config FILE. Sizes, channels and classes of"
          + "\n# nets follow from the data unless stated. docs/settings.md explains the keys.\n";

  private final Node.Branch tree;
  private final String source;

  private Config(Node.Branch tree, String source) {
    this.tree = tree;
    this.source = source;
  }

  /**
   * The config in a file.
   *
   * @throws DataFileException if it cannot be read
   * @throws ConfigException if it is no config; says line, column and what is expected
   */
  public static Config read(Path file) {
    try {
      return parse(Utf8Text.of(Files.readAllBytes(file), file.toString()), file.toString());
    } catch (NoSuchFileException e) {
      throw new DataFileException(file.toString(), "does not exist", e);
    } catch (IOException e) {
      throw new DataFileException(file.toString(), "cannot be read (" + e + ")", e);
    }
  }

  /**
   * The config in a text.
   *
   * @param source what messages call it
   * @throws ConfigException if it is no config; says line, column and what is expected
   */
  public static Config parse(String text, String source) {
    Node.Branch tree = EarlierKeys.replaced(YamlReader.document(text, source));
    Config config = new Config(tree, source);
    config.check();
    return config;
  }

  /** The config of a preset, in which all is left to it. */
  public static Config preset(String name) {
    Presetting.named(new Node.Scalar(name, Place.of("--preset " + name)));
    return parse(PRESET + ": " + name, "--preset " + name);
  }

  /**
   * The config of a recipe, with the usual data, checkpoints and budget.
   *
   * @throws ConfigException if a part is code, or a net is not drawn by a design, which files have
   *     no form for
   */
  public static Config of(AdversarialTraining recipe) {
    return of(recipe, OptionalInt.empty());
  }

  static Config of(AdversarialTraining recipe, OptionalInt classes) {
    PairNumbers numbers =
        new PairNumbers(
            recipe.pair().sampleShape(),
            classes,
            recipe.pair().latent(),
            recipe.pair().conditioning(),
            recipe.pair().packing());
    return new Config(Layouts.tree(Layouts.of(recipe), numbers), "recipe");
  }

  /** Refuses unknown keys and values of other types, as far as that needs no data. */
  private void check() {
    Node version = tree.get(Layout.VERSION);
    if (version != null) {
      long number = Scalars.whole(Layout.VERSION, version);
      if (number > Layout.NOW) {
        throw version
            .place()
            .error(
                "version of the config is "
                    + number
                    + ", and this library reads up to "
                    + Layout.NOW
                    + "; upgrade it");
      }
    }
    if (tree.get(PRESET) == null) {
      Layouts.check(tree);
    } else {
      Layouts.checkKeys(tree.without(PRESET)); // the preset says what the values have to be like
    }
  }

  /**
   * The same with one value changed, as in {@code set("penalties.0.gamma=3")}.
   *
   * @param assignment a path of keys, an equals sign, and the value as a file would have it
   * @throws ConfigException if there is no such key, or it takes other values
   */
  public Config set(String assignment) {
    int sign = assignment.indexOf('=');
    String origin = "--set " + assignment;
    if (sign < 1) {
      throw Place.of(origin).error("a setting is given as key=value");
    }
    return set(assignment.substring(0, sign).strip(), assignment.substring(sign + 1), origin);
  }

  /**
   * The same with one value changed.
   *
   * @param path of keys, as in {@code optimizer.generator.rate}
   * @param value as a file would have it
   * @param origin what messages call it
   */
  public Config set(String path, String value, String origin) {
    if (path.equals(PRESET)) {
      throw Place.of(origin).error(PRESET + " is no setting but what others begin with");
    }
    EarlierKeys.refuse(path, value, origin);
    Config config = new Config(Tree.with(tree, path, YamlReader.value(value, origin)), source);
    config.check();
    return config;
  }

  /** The value at a path as it is written, {@code none} if there is none. */
  public String get(String path) {
    Node node = Tree.find(tree, path);
    return node instanceof Node.Scalar scalar ? scalar.text() : "none";
  }

  /**
   * The same with every key of the preset in it, and all values written in one way.
   *
   * @param sample the shape of a sample of the data
   * @param classes the number of classes of the data, if it has any
   * @throws ConfigException if values do not go together
   */
  public Config resolved(Shape sample, OptionalInt classes) {
    Node.Branch whole = whole(sample, classes);
    PairNumbers numbers = Layouts.numbers(whole, sample, classes);
    return new Config(Layouts.tree(Layouts.read(whole, numbers), numbers), source);
  }

  private Node.Branch whole(Shape sample, OptionalInt classes) {
    if (!(tree.get(PRESET) instanceof Node.Scalar name) || name.isNone()) {
      return Layouts.usual(tree.without(PRESET));
    }
    Preset preset = Presetting.named(name);
    AdversarialTraining recipe = Presetting.recipe(preset, name.place(), sample, classes);
    Node.Branch base =
        of(recipe, recipe.pair().conditioning().needsLabels() ? classes : OptionalInt.empty()).tree;
    return (Node.Branch)
        Tree.merged(
            base.with("name", name.place(), name).with("seed", name.place(), SEED),
            tree.without(PRESET));
  }

  private static final Node.Scalar SEED = new Node.Scalar("1", Place.of("settings"));

  /**
   * The recipe for samples, over new nets.
   *
   * @param sample the shape of a sample: images (height, width, channels), or points (n)
   * @param classes the number of classes of the data, if it has any
   * @throws ConfigException if values do not go together
   */
  public AdversarialTraining recipe(Shape sample, OptionalInt classes) {
    Node.Branch whole = whole(sample, classes);
    return Layouts.recipe(Layouts.read(whole, Layouts.numbers(whole, sample, classes)), source);
  }

  /**
   * The recipe for a data set, its first input, on the engine that {@code device} names.
   *
   * @throws ConfigException if values do not go together
   */
  public AdversarialTraining recipe(DataSource data) {
    return recipe(data.firstInput().sample(), LabelledClasses.of(data))
        .engine(Engines.named(device()));
  }

  /** The name of the run: that of its preset unless stated. */
  public String name() {
    return tree.get("name") == null && tree.get(PRESET) != null
        ? get(PRESET)
        : (String) section("name", String.class);
  }

  /** The data that it learns from. */
  public DataSettings data() {
    return (DataSettings) section("data", DataSettings.class);
  }

  /** What is measured. */
  public MetricSettings metrics() {
    return (MetricSettings) section("metrics", MetricSettings.class);
  }

  /** When it is saved. */
  public CheckpointSettings checkpoints() {
    return (CheckpointSettings) section("checkpoints", CheckpointSettings.class);
  }

  /** When it ends. */
  public Budget budget() {
    return (Budget) section("budget", Budget.class);
  }

  /** The workers that make it together. */
  public WorkerSettings workers() {
    return (WorkerSettings) section("workers", WorkerSettings.class);
  }

  /** The seed of all that is random; empty for a fresh one. */
  public OptionalLong seed() {
    return (OptionalLong) section("seed", OptionalLong.class);
  }

  /** The device that it runs on, by name. */
  public String device() {
    return (String) section("device", String.class);
  }

  /** The precision of its steps. */
  public Precision precision() {
    return (Precision) section("precision", Precision.class);
  }

  private Object section(String key, Class<?> type) {
    return Layouts.section(tree, key, type);
  }

  /** All values by their paths, as in {@code optimizer.generator.rate}. */
  public ImmutableSortedMap<String, String> values() {
    return Tree.values(tree);
  }

  /** The text, in YAML. */
  public String text() {
    return COMMENT + YamlText.of(tree);
  }

  /**
   * Writes the text to a file, in place of an earlier one.
   *
   * @throws DataFileException if it cannot be written; the earlier one is untouched then
   */
  public void write(Path file) {
    WholeFile.write(file, text());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Config config && values().equals(config.values());
  }

  @Override
  public int hashCode() {
    return Objects.hash(values());
  }

  /** Its text. */
  @Override
  public String toString() {
    return text();
  }
}
