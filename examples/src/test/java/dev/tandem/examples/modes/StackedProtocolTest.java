package dev.tandem.examples.modes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.LabeledImages;
import dev.tandem.core.engine.PlanEngine;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.examples.gan.GanData;
import dev.tandem.gan.config.WorkerSettings;
import dev.tandem.gan.data.StackedMnist;
import dev.tandem.gan.pair.AdversarialPair;
import dev.tandem.gan.preset.Presets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.indexing.NDArrayIndex;

class StackedProtocolTest {

  private static final StackedProtocol PROTOCOL = new StackedProtocol(digits(1_000), 300, 1_000);

  @TempDir Path directory;

  private static StackedMnist digits(int count) {
    LabeledImages all = GanData.digits();
    return StackedMnist.of(
        new LabeledImages(
            all.images().get(NDArrayIndex.interval(0, count)),
            all.labels().get(NDArrayIndex.interval(0, count))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dcgan", "pacgan2", "sngan"})
  void run_ofOneStep_countsModesAndPaints(String preset) throws IOException {
    SeedResult result =
        new ModesRun(
                PROTOCOL,
                Presets.named(preset),
                OptionalInt.empty(),
                1,
                WorkerSettings.none(),
                new PlanEngine(),
                directory)
            .run(1);

    assertThat(result.report().modes()).isEqualTo(1_000);
    assertThat(result.report().captured().samples()).isEqualTo(1_000);
    assertThat(result.report().captured().value()).isBetween(1.0, 999.0);
    assertThat(result.toString()).startsWith("stacked-mnist-unrolled " + preset + " seed=1 modes=");
    Path picture = directory.resolve("stacked-mnist-unrolled-" + preset + "-seed1.png");
    assertThat(ImageIO.read(picture.toFile()).getWidth()).isEqualTo(8 * (2 * 28 + 2) + 2);
  }

  @Test
  void measure_ofRealStacks_findsMostModes() {
    GanData data = PROTOCOL.data(1);
    StackedProtocol all = new StackedProtocol(PROTOCOL.digits(), 3_000, 3_000);

    assertThat(all.measure(all.data(1).samples(), 1).captured().value()).isBetween(900.0, 1000.0);
    assertThat(data.samples().shape()).containsExactly(300, 28, 28, 3);
  }

  /**
   * By hand. Generator: 256 · 1024 + 128, then kernels of 9 · 64 · 32, 9 · 32 · 16, 9 · 16 · 8 with
   * 64, 32 and 16 numbers of their norms, and 9 · 8 · 3 + 3. Discriminator: 9 · 3 · 2, 9 · 2 · 4
   * and 9 · 4 · 8, norms of 4, 8 and 16, and 128 + 1.
   */
  @Test
  void nets_ofThePaper_haveItsSizes() {
    AdversarialPair pair = UnrolledNets.recipe(1).pair();

    assertThat(parameters(pair.generator())).isEqualTo(286_795);
    assertThat(parameters(pair.discriminator())).isEqualTo(571);
    assertThat(pair.sampleShape().toArray()).containsExactly(28, 28, 3);
    assertThat(parameters(UnrolledNets.recipe(2).pair().discriminator())).isEqualTo(571 + 54);
  }

  private static long parameters(Model model) {
    return model.weights().stream().filter(Weight::isParameter).mapToLong(Weight::length).sum();
  }
}
