package dev.tandem.examples.modes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.gan.data.Mixture;
import dev.tandem.gan.preset.Presets;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

class PointProtocolTest {

  private static INDArray points(String preset) {
    return Protocol.named("grid25-pacgan", Presets.named(preset)).data(1).samples();
  }

  @Test
  void data_forPresetsOfThePaper_isInItsCoordinates() {
    double far = 4 + 6 * 0.05;

    assertThat(points("pacgan2").maxNumber().doubleValue()).isBetween(4.0, far);
    assertThat(points("dcgan").maxNumber().doubleValue()).isBetween(4.0, far);
  }

  @Test
  void data_forOtherPresets_hasUnitDeviation() {
    assertThat(points("r3gan").stdNumber().doubleValue()).isCloseTo(1, within(0.01));
  }

  @Test
  void measure_ofItsData_findsAllModesInBothForms() {
    Mixture mixture = Mixture.named("ring8-pacgan");
    for (String preset : new String[] {"dcgan", "r3gan"}) {
      PointProtocol protocol = PointProtocol.of(mixture, Presets.named(preset));
      INDArray samples = protocol.mixture().batch(5, 0, protocol.samples());

      assertThat(protocol.measure(samples, 5).captured().value()).isEqualTo(8);
      assertThat(protocol.measure(samples, 5).highQuality().value()).isCloseTo(0.989, within(0.01));
    }
  }
}
