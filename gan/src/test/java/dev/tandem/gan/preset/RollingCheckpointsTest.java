package dev.tandem.gan.preset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.Dataset;
import dev.tandem.core.tensor.Shape;
import dev.tandem.gan.train.AdversarialTrainer;
import dev.tandem.gan.train.AdversarialTraining;
import dev.tandem.gan.train.RollingCheckpoints;
import dev.tandem.gan.train.RunArrays;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last few states of a run. */
class RollingCheckpointsTest {

  @TempDir Path directory;

  private static AdversarialTraining recipe() {
    return Presets.named("r3gan").forSamples(Shape.of(2)).batch(4).seed(1);
  }

  @Test
  void latest_ofARun_isWhereItGoesOn() {
    Dataset data = Samples.points(30);
    RollingCheckpoints rolling = RollingCheckpoints.in(directory, 2, 3);
    Map<String, String> end;
    try (AdversarialTrainer trainer = recipe().start(data)) {
      trainer.with(rolling).train(7);
      end = RunArrays.of(trainer);
    }

    assertThat(directory.toFile().list())
        .containsExactlyInAnyOrder("step-000000006", "step-000000007");
    assertThat(rolling.latest()).contains(directory.resolve("step-000000007"));
    try (AdversarialTrainer last = recipe().resume(data, rolling.latest().orElseThrow())) {
      assertThat(RunArrays.of(last)).isEqualTo(end);
    }
    try (AdversarialTrainer earlier = recipe().resume(data, directory.resolve("step-000000006"))) {
      earlier.train(1);
      assertThat(RunArrays.of(earlier)).isEqualTo(end);
    }
  }

  @Test
  void checkpoints_withoutAnInterval_areRefused() {
    assertThatThrownBy(() -> RollingCheckpoints.in(directory, 2, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rounds between checkpoints are not at least 1: 0");
  }
}
