package dev.tandem.gan.config;

import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.List;
import java.util.OptionalInt;

/** The preset that a config goes by. */
final class Presetting {

  private Presetting() {}

  /** The preset of a name. */
  static Preset named(Node.Scalar name) {
    List<String> names = Presets.all().stream().map(Preset::name).toList();
    if (!names.contains(name.text())) {
      throw name.place()
          .error(
              "there is no preset "
                  + name.text()
                  + "; the nearest is "
                  + Nearest.to(name.text(), names)
                  + ", and there are "
                  + String.join(", ", names));
    }
    return Presets.named(name.text());
  }

  /** Its recipe for samples of a shape, with the classes of the data if it learns these. */
  static AdversarialTraining recipe(Preset preset, Place place, Shape sample, OptionalInt classes) {
    try {
      AdversarialTraining usual = preset.forSamples(sample);
      return classes.isPresent() && usual.pair().conditioning().needsLabels()
          ? preset.classes(classes.getAsInt()).forSamples(sample)
          : usual;
    } catch (IllegalArgumentException e) {
      throw new ConfigException(e.getMessage() + " (" + place + ")", e);
    }
  }
}
