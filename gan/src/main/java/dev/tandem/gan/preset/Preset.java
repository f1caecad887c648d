package dev.tandem.gan.preset;

import dev.tandem.core.data.DataSource;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A named recipe for samples of some shapes: {@code Presets.named("r3gan").on(data).seed(1)}, or
 * {@code Presets.named("cgan").classes(3).filters(32).on(data)}.
 *
 * @param name as in {@code wgan-gp}
 * @param summary what it is, in a few words
 * @param recipe over new nets for what is asked of it, each time it is asked
 * @param classes the number of classes; if empty, that of the data
 * @param filters of the nets next to the image; if empty, those of the preset
 */
public record Preset(
    String name,
    String summary,
    Function<PresetRequest, AdversarialTraining> recipe,
    OptionalInt classes,
    OptionalInt filters) {

  private static final int CLASSES = 10;

  /** Checks that all is there. */
  public Preset {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(summary, "summary");
    Objects.requireNonNull(recipe, "recipe");
  }

  /**
   * A preset that takes its nets from the shape of a sample alone.
   *
   * @param recipe over new nets for a sample's shape, each time it is asked
   */
  public static Preset of(
      String name, String summary, Function<Shape, AdversarialTraining> recipe) {
    return asked(
        name,
        summary,
        request -> {
          if (request.filters().isPresent()) {
            throw PresetRequest.noFilters("nets of preset " + name);
          }
          return recipe.apply(request.sample());
        });
  }

  static Preset asked(
      String name, String summary, Function<PresetRequest, AdversarialTraining> recipe) {
    return new Preset(name, summary, recipe, OptionalInt.empty(), OptionalInt.empty());
  }

  /** The same with another number of classes, at least 2, for those that have classes. */
  public Preset classes(int count) {
    return new Preset(name, summary, recipe, OptionalInt.of(count), filters);
  }

  /** The same with another number of filters next to the image, at least 1. */
  public Preset filters(int count) {
    return new Preset(name, summary, recipe, classes, OptionalInt.of(count));
  }

  /**
   * The recipe for samples of a shape, over new nets whose first weights follow from its seed:
   * images (28, 28, channels), (32, 32, channels) and the like, or points (n); for presets that
   * translate (height, width, channels). Ten classes, unless stated.
   *
   * @throws IllegalArgumentException if the preset has no nets for it
   */
  public AdversarialTraining forSamples(Shape sample) {
    return recipe.apply(new PresetRequest(sample, classes.orElse(CLASSES), filters)).initializing();
  }

  /**
   * The recipe for the samples of a data set, its first input; presets that translate make samples
   * of the shape of what they start from. Presets that learn the classes of the data have as many
   * as it has, if its only target are labels 0, 1, 2 and so on without a gap; else ten, unless
   * stated.
   *
   * @throws IllegalArgumentException if the preset has no nets for them
   */
  public AdversarialTraining on(DataSource data) {
    Shape sample = data.firstInput().sample();
    AdversarialTraining usual = forSamples(sample);
    OptionalInt found = LabelledClasses.of(data);
    return classes.isPresent()
            || !usual.pair().conditioning().needsLabels()
            || found.isEmpty()
            || found.getAsInt() == usual.pair().conditioning().classes()
        ? usual
        : classes(found.getAsInt()).forSamples(sample);
  }

  /** Its name. */
  @Override
  public String toString() {
    return name;
  }
}
