package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Layers that prepare data by what they have seen of it, and those that drop channels. */
class PreparationTest {

  private final Input input = Input.of("x", Shape.of(2, 3), DataType.DOUBLE);

  /** Six rows of three features, the middle one far from 0 and the last one constant. */
  private static final INDArray ROWS =
      Numbers.of(
          new double[] {
            1, 1e6, 7, 2, 1e6 + 1, 7, 6, 1e6 + 2, 7, 3, 1e6, 7, 0, 1e6 + 1, 7, 0, 1e6 + 2, 7
          },
          3,
          2,
          3);

  @Test
  void normalization_adaptedToData_hasItsStatistics() {
    Normalization norm = Normalization.of();
    Model model = Model.of("model", input, norm.apply(input));

    norm.adapt(ROWS);

    assertThat(Numbers.list(norm.weight("mean").values()))
        .containsExactly(new double[] {2, 1e6 + 1, 7}, within(1e-9));
    assertThat(Numbers.list(norm.weight("variance").values()))
        .containsExactly(new double[] {26 / 6., 2 / 3., 0}, within(1e-9));
    double[] out = Numbers.list(ModelRun.of(model, true).on(List.of(ROWS)).output());
    assertThat(out[6]).isCloseTo(4 / Math.sqrt(26 / 6.), within(1e-9));
    assertThat(out[7]).isCloseTo(1 / Math.sqrt(2 / 3.), within(1e-9));
    assertThat(out[8]).isZero();
    assertThat(model.trainableWeights()).isEmpty();
  }

  @Test
  void normalization_adaptedInParts_isThatOfTheWhole() {
    Normalization whole = Normalization.of();
    whole.apply(input);
    Normalization parts = Normalization.of();
    parts.apply(input);

    whole.adapt(ROWS);
    parts.adapt(
        Nd4j.empty(DataType.DOUBLE).reshape(0, 3),
        ROWS.tensorAlongDimension(0, 1, 2),
        ROWS.tensorAlongDimension(1, 1, 2),
        ROWS.tensorAlongDimension(2, 1, 2));

    assertThat(parts.weight("mean").values()).isEqualTo(whole.weight("mean").values());
    assertThat(parts.weight("variance").values()).isEqualTo(whole.weight("variance").values());
  }

  @Test
  void normalization_withDataThatDoesNotFit_staysAndSaysWhy() {
    Normalization norm = Normalization.of().named("n");
    assertThatThrownBy(() -> norm.adapt(ROWS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "Normalization \"n\" was not called yet, so its features are not known; call it on an"
                + " input, and then adapt it");
    norm.apply(input);
    norm.adapt(ROWS);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> norm.adapt(Nd4j.zeros(4, 2)))
        .withMessage(
            "Normalization \"n\" is adapted to arrays (…, 3), got (4, 2); give it what its input is"
                + " fed with");
    assertThatIllegalArgumentException()
        .isThrownBy(norm::adapt)
        .withMessage("Normalization \"n\" was adapted to no data; give it arrays (…, 3)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> norm.adapt(Numbers.of(new double[] {1, Double.NaN, 2}, 1, 3)))
        .withMessageContaining("whose feature 1 has mean NaN");
    assertThat(norm.weight("mean").values().getDouble(0)).isEqualTo(2, within(1e-9));
  }

  @Test
  void spatialDropout_inTraining_dropsWholeChannels() {
    Input image = Input.of("image", Shape.of(3, 2, 64), DataType.DOUBLE);
    Model model = Model.of("model", image, SpatialDropout2D.rate(0.25).apply(image));
    INDArray ones = Nd4j.ones(DataType.DOUBLE, 2, 3, 2, 64);

    double[] out = Numbers.list(ModelRun.of(model, true).on(List.of(ones)).output());

    int dropped = 0;
    for (int i = 0; i < out.length; i++) {
      assertThat(out[i]).isIn(0.0, 1 / 0.75).isEqualTo(out[i / 384 * 384 + i % 64]);
      dropped += out[i] == 0 ? 1 : 0;
    }
    assertThat(dropped / 6).isBetween(15, 52); // of 128, five deviations around 32
    assertThat(Numbers.list(ModelRun.of(model, false).on(List.of(ones)).output())).containsOnly(1);
  }
}
