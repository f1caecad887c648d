package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
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

/** Layers that GANs use, by hand. */
class GanLayersTest {

  private static double[] run(Layer layer, double[] values, long batch, long... sample) {
    Input x = Input.of("x", Shape.of(sample), DataType.DOUBLE);
    Model model = Model.of("model", x, layer.apply(x));
    INDArray array =
        Nd4j.createFromArray(values).reshape(Shape.of(sample).prepend(batch).toArray());
    INDArray output = ModelRun.of(model, true).on(List.of(array)).output();
    return output.dup('c').data().asDouble();
  }

  @Test
  void groupNorm_normalizesEachSamplesGroups() {
    // two places of four channels; the groups are (1, 3, 5, 7) and (0, 0, 10, 10)
    double[] values = {1, 3, 0, 0, 5, 7, 10, 10};
    double root = Math.sqrt(5 + 1e-3);
    double rootOfTens = Math.sqrt(25 + 1e-3);

    assertThat(run(GroupNormalization.groups(2), values, 1, 2, 4))
        .containsExactly(
            new double[] {
              -3 / root, -1 / root, -5 / rootOfTens, -5 / rootOfTens,
              1 / root, 3 / root, 5 / rootOfTens, 5 / rootOfTens
            },
            within(1e-9));
  }

  @Test
  void groupNorm_ofOneGroupOnVectors_isLayerNorm() {
    double[] values = {1, -2, 0.5, 3, 4, 4};

    assertThat(run(GroupNormalization.groups(1), values, 2, 3))
        .containsExactly(run(LayerNormalization.of(), values, 2, 3), within(1e-12));
  }

  @Test
  void instanceNorm_normalizesEachChannel() {
    double[] values = {1, 10, 3, 10, 5, 40, 7, 40}; // channels (1, 3, 5, 7), (10, 10, 40, 40)
    double root = Math.sqrt(5 + 1e-3);
    double other = Math.sqrt(225 + 1e-3);

    assertThat(run(InstanceNormalization.of(), values, 1, 2, 2, 2))
        .containsExactly(
            new double[] {
              -3 / root, -15 / other, -1 / root, -15 / other,
              1 / root, 15 / other, 3 / root, 15 / other
            },
            within(1e-9));
  }

  @Test
  void minibatchDeviation_ofTwoGroups_isThatByHand() {
    // samples 0 and 2 make a group, 1 and 3 the other
    double[] values = {1, 1, 0, 0, 3, 7, 0, 0};
    double first = (1 + 3) / 2.0;

    assertThat(run(MinibatchStandardDeviation.of().groupSize(2), values, 4, 2))
        .containsExactly(
            new double[] {1, 1, first, 0, 0, 1e-4, 3, 7, first, 0, 0, 1e-4}, within(1e-8));
  }

  @Test
  void minibatchDeviation_ofABatchThatGroupsDoNotDivide_takesSmallerGroups() {
    // groups of at most four in a batch of six are of three: samples 0, 2, 4 and 1, 3, 5
    double[] values = {0, 5, 3, 5, 6, 5};

    assertThat(run(MinibatchStandardDeviation.of(), values, 6, 1))
        .containsExactly(
            new double[] {
              0, Math.sqrt(6), 5, 1e-4, 3, Math.sqrt(6), 5, 1e-4, 6, Math.sqrt(6), 5, 1e-4
            },
            within(1e-8));
  }

  @Test
  void pixelShuffle_laysChannelsOutAsBlocks() {
    // one row of two pixels, four channels each, becomes two rows of four
    double[] values = {1, 2, 3, 4, 5, 6, 7, 8};

    assertThat(run(PixelShuffle.factor(2), values, 1, 1, 2, 4))
        .containsExactly(1, 2, 5, 6, 3, 4, 7, 8);
  }

  @Test
  void selfAttention_atFirst_isTheIdentity() {
    double[] values = {1, 2, 3, 4};

    assertThat(run(SelfAttention.of(), values, 1, 2, 2, 1)).containsExactly(values);
  }

  @Test
  void selfAttention_withGamma_addsWhatIsTaken() {
    SelfAttention layer = SelfAttention.of();
    Input x = Input.of("x", Shape.of(1, 2, 1), DataType.DOUBLE);
    Model model = Model.of("model", x, layer.apply(x));
    layer.weight("query").set(Nd4j.createFromArray(new double[][] {{1}}));
    layer.weight("key").set(Nd4j.createFromArray(new double[][] {{2}}));
    layer.weight("value").set(Nd4j.createFromArray(new double[][] {{3}}));
    layer.weight("output").set(Nd4j.createFromArray(new double[][] {{10}}));
    layer.weight("gamma").set(Nd4j.scalar(0.5));
    INDArray image = Nd4j.createFromArray(new double[] {0, 1}).reshape(1, 1, 2, 1);

    double[] result = ModelRun.of(model, true).on(List.of(image)).output().data().asDouble();

    // place 0 takes both places alike: 3 / 2; place 1 takes place 1 with 1 / (1 + e^-2)
    assertThat(result)
        .containsExactly(new double[] {5 * 1.5, 1 + 5 * 3 / (1 + Math.exp(-2))}, within(1e-9));
  }

  @Test
  void layers_onWhatDoesNotFit_sayWhatToDo() {
    assertThatThrownBy(() -> GroupNormalization.groups(2).apply(Input.of("x", 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs channels that 2 groups divide");
    assertThatThrownBy(() -> InstanceNormalization.of().apply(Input.of("x", 3)))
        .hasMessageContaining("use LayerNormalization for vectors");
    assertThatThrownBy(() -> PixelShuffle.factor(2).apply(Input.of("x", 2, 2, 3)))
        .hasMessageContaining("needs channels that factor² = 4 divides");
  }
}
