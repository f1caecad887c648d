package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.primitives.ImmutableDoubleArray;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class MixtureTest {

  /** Places, distance of the first place from the origin, sigma: as in the authors' programs. */
  @ParameterizedTest
  @CsvSource({
    "ring8-pacgan, 8, 1, 0.01",
    "grid25-pacgan, 25, 5.656854, 0.05",
    "ring8-unrolled, 7, 1, 0.01",
    "ring8-d2gan, 8, 2, 0.1414214",
    "ring8-wgangp, 8, 1.4144272, 0.0141443",
    "grid25-wgangp, 25, 2.0003020, 0.0176803",
    "grid25-bourgan, 25, 5.656854, 0.1",
    "ring10-presgan, 10, 3, 0.05",
  })
  void protocol_byName_hasItsNumbers(String name, int places, double distance, double sigma) {
    Mixture mixture = Mixture.named(name);

    assertThat(mixture.classes()).isEqualTo(places);
    assertThat(Math.hypot(mixture.means().get(0).get(0), mixture.means().get(0).get(1)))
        .isCloseTo(distance, within(1e-6));
    assertThat(mixture.sigma()).isCloseTo(sigma, within(1e-7));
    assertThat(mixture.name()).isEqualTo(name);
  }

  @Test
  void mixture_inUnitsOfItsDeviation_isTheSameButForTheScale() {
    Mixture mixture = Mixture.named("ring8-unrolled"); // its mean is not 0
    Mixture scaled = mixture.inUnitsOfItsDeviation();
    double unit = mixture.sigma() / scaled.sigma();
    INDArray batch = scaled.batch(1, 0, 50_000);

    assertThat(scaled.name()).isEqualTo(mixture.name());
    assertThat(scaled.weights()).isEqualTo(mixture.weights());
    assertThat(batch.mul(unit).sub(mixture.batch(1, 0, 50_000)).amaxNumber().doubleValue())
        .isLessThan(1e-6);
    double variance = (batch.var(false, 0).getDouble(0) + batch.var(false, 0).getDouble(1)) / 2;
    assertThat(variance).isCloseTo(1, within(0.01));
  }

  @Test
  void unrolledRing_hasOnePlaceTwice() {
    assertThat(Mixture.named("ring8-unrolled").weights().asList())
        .containsExactly(.25, .125, .125, .125, .125, .125, .125);
  }

  @Test
  void samples_lieAroundTheMeanOfTheirClass() {
    Mixture mixture = Mixture.named("ring8-pacgan");
    int size = 20_000;
    INDArray batch = mixture.batch(3, 7, size);
    int[] labels = mixture.labels(3, 7, size).toIntVector();
    double squares = 0;
    int[] counts = new int[8];
    for (int i = 0; i < size; i++) {
      double dx = batch.getFloat(i, 0) - mixture.means().get(labels[i]).get(0);
      double dy = batch.getFloat(i, 1) - mixture.means().get(labels[i]).get(1);
      squares += dx * dx + dy * dy;
      counts[labels[i]]++;
    }

    // The variance of an estimate from 40,000 squares of normal numbers is 2 / 40,000.
    assertThat(squares / (2 * size) / 1e-4).isCloseTo(1, within(.03));
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(2_350, 2_650));
  }

  @Test
  void shares_ofUnequalWeights_areSeen() {
    int[] labels = Mixture.named("ring8-unrolled").labels(1, 0, 8_000).toIntVector();

    assertThat(Arrays.stream(labels).filter(label -> label == 0).count()).isBetween(1_850L, 2_150L);
  }

  @Test
  void step_sampledAgain_isTheSame_andOthersAreNot() {
    Mixture mixture = Mixture.named("grid25-pacgan");

    assertThat(mixture.batch(1, 5, 64)).isEqualTo(mixture.batch(1, 5, 64));
    assertThat(mixture.batch(1, 5, 64)).isNotEqualTo(mixture.batch(1, 6, 64));
    assertThat(mixture.batch(1, 5, 64)).isNotEqualTo(mixture.batch(2, 5, 64));
  }

  @Test
  void smallerBatch_isTheBeginningOfALargerOne() {
    Mixture mixture = Mixture.named("grid25-pacgan");

    assertThat(mixture.batch(1, 5, 16).data().asFloat())
        .isEqualTo(Arrays.copyOf(mixture.batch(1, 5, 64).data().asFloat(), 32));
  }

  @Test
  void filling_anotherShapeOrType_isRefused() {
    Mixture mixture = Mixture.named("ring8-pacgan");

    assertThatThrownBy(() -> mixture.fill(1, 0, Nd4j.create(DataType.FLOAT, 4, 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ring8-pacgan")
        .hasMessageContaining("(batch, 2)")
        .hasMessageContaining("(4, 3)");
    assertThatThrownBy(() -> mixture.fill(1, 0, Nd4j.create(DataType.DOUBLE, 4, 2)))
        .hasMessageContaining("DOUBLE");
    assertThatThrownBy(() -> mixture.batch(1, 0, 0)).hasMessageContaining("not at least 1: 0");
  }

  @Test
  void unknownProtocol_isRefusedWithTheNames() {
    assertThatThrownBy(() -> Mixture.named("ring8"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "there is no mixture \"ring8\"; there are " + String.join(", ", Mixture.names()));
  }

  @Test
  void badNumbers_areRefused() {
    ImmutableDoubleArray point = ImmutableDoubleArray.of(0, 0);

    assertThatThrownBy(() -> Mixture.uniform("m", List.of(point), 0))
        .hasMessage("sigma of mixture \"m\" is not positive: 0.0");
    assertThatThrownBy(() -> Mixture.uniform("m", List.of(), 1))
        .hasMessageContaining("at least one, got 0");
    assertThatThrownBy(() -> Mixture.uniform("m", List.of(point, ImmutableDoubleArray.of(1)), 1))
        .hasMessageContaining("differ in length");
  }
}
