package dev.tandem.cuda;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.conditioning.Cycle;
import dev.tandem.gan.preset.Preset;
import dev.tandem.gan.preset.Presets;
import dev.tandem.gan.train.AdversarialTraining;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every preset trains on a card as on the host. */
class PresetsOnCardTest {

  static List<Preset> presets() {
    return Presets.all();
  }

  static List<Preset> presetsOfPoints() {
    return Stream.of("dcgan", "wgan-gp", "r3gan", "cyclegan").map(Presets::named).toList();
  }

  @ParameterizedTest
  @MethodSource("presets")
  void preset_onImages_trainsAsOnTheHost(Preset preset) {
    check(preset, Shape.of(16, 16, 1));
  }

  /** What nets for points are, whose objectives are those for images. */
  @ParameterizedTest
  @MethodSource("presetsOfPoints")
  void preset_onPoints_trainsAsOnTheHost(Preset preset) {
    check(preset, Shape.of(2));
  }

  private static void check(Preset preset, Shape sample) {
    INDArray samples = Nd4j.zeros(DataType.FLOAT, sample.prepend(8).toArray());
    CounterRandom.of(1).uniform(samples);
    Dataset.Builder data = Dataset.builder();
    Dataset labeled =
        data.input("sample", samples)
            .target("label", Nd4j.createFromArray(0, 1, 2, 3, 4, 5, 6, 7))
            .build();
    AdversarialTraining recipe = preset.on(labeled).batch(2);
    if (recipe.pair().conditioning() instanceof Cycle) {
      CardRounds.check(recipe, List.of(labeled, labeled.slice(3, 8)));
    } else if (recipe.pair().conditioning().translates()) {
      Dataset pairs =
          Dataset.builder().input("source", samples).target("sample", samples.neg()).build();
      CardRounds.check(recipe, List.of(pairs));
    } else {
      CardRounds.check(recipe, List.of(labeled));
    }
  }
}
