package dev.tandem.gan.preset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.io.ModelFile;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.train.AdversarialTraining;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The nets of every preset, as files. */
class SavedNetsTest {

  record Case(Preset preset, Shape sample) {

    Optional<AdversarialTraining> recipe() {
      try {
        return Optional.of(preset.forSamples(sample));
      } catch (IllegalArgumentException e) {
        return Optional.empty(); // no nets for such samples
      }
    }

    @Override
    public String toString() {
      return preset + " " + sample;
    }
  }

  static List<Case> cases() {
    return Presets.all().stream()
        .flatMap(p -> Stream.of(Shape.of(28, 28, 1), Shape.of(2)).map(s -> new Case(p, s)))
        .filter(one -> one.recipe().isPresent())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nets_ofAPreset_areSavedAndLoadedAsModels(Case one, @TempDir Path folder) {
    AdversarialTraining recipe = one.recipe().orElseThrow();
    for (Model net : List.of(recipe.pair().generator(), recipe.pair().discriminator())) {
      net.initialize(1);
      Path file = folder.resolve(net.name());

      ModelFile.save(net, file);
      Model loaded = ModelFile.load(file);

      assertThat(loaded.weightsByPath().keySet()).isEqualTo(net.weightsByPath().keySet());
      for (int i = 0; i < net.weights().size(); i++) {
        assertThat(loaded.weights().get(i).values()).isEqualTo(net.weights().get(i).values());
      }
    }
  }
}
