package dev.tandem.gan.preset;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.data.Dataset;
import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.train.AdversarialTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** Presets train the same nets, whatever ND4J's default type is. */
class DefaultTypeTest {

  @ParameterizedTest
  @ValueSource(strings = {"dcgan", "wgan-gp", "sngan", "r3gan", "pacgan2"})
  void preset_underFloat64AsTheDefault_isThatUnderFloat32(String preset) {
    assertThat(trained(preset, DataType.DOUBLE)).isEqualTo(trained(preset, DataType.FLOAT));
  }

  private static List<String> trained(String preset, DataType byDefault) {
    DataType before = Nd4j.defaultFloatingPointType();
    Nd4j.setDefaultDataTypes(byDefault, byDefault);
    try {
      Mixture ring = Mixture.named("ring8-pacgan");
      Dataset data = Dataset.builder().input("samples", ring.batch(1, 0, 64)).build();
      List<String> all = new ArrayList<>();
      try (AdversarialTrainer trainer =
          Presets.named(preset).on(data).batch(16).seed(1).start(data)) {
        trainer.train(3);
        all.add(Arrays.toString(trainer.sample(4, 1).dup('c').data().asDouble()));
        trainer
            .generator()
            .weights()
            .forEach(w -> all.add(Arrays.toString(w.values().dup('c').data().asDouble())));
      }
      return all;
    } finally {
      Nd4j.setDefaultDataTypes(before, before);
    }
  }
}
