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

/** Statistics of all samples together, gamma and beta by class; momentum 0.9. */
class ConditionalBatchNormalizationTest {

  private static final double NORMAL = 1 / Math.sqrt(1.001);

  private final ConditionalBatchNormalization layer =
      ConditionalBatchNormalization.classes(2).momentum(0.9);
  private final Input x = Input.of("x", Shape.of(1), DataType.DOUBLE);
  private final Input label = Input.of("label", Shape.scalar(), DataType.INT32);

  private Model model() {
    Model model = Model.of("model", List.of(x, label), List.of(layer.apply(x, label)));
    layer.weight("gamma").set(Numbers.column(10, 100));
    layer.weight("beta").set(Numbers.column(0.5, 7));
    return model;
  }

  /** Of 1 in class 1 and 3 in class 0. */
  private static double[] run(Model model, boolean training) {
    INDArray classes = Nd4j.createFromArray(new int[] {1, 0});
    return Numbers.list(
        ModelRun.of(model, training).on(List.of(Numbers.column(1, 3), classes)).output());
  }

  private void assertMoving(double mean, double variance) {
    assertThat(layer.weight("moving_mean").values().getDouble(0)).isCloseTo(mean, within(1e-12));
    assertThat(layer.weight("moving_variance").values().getDouble(0))
        .isCloseTo(variance, within(1e-12));
  }

  @Test
  void training_scalesAndShiftsByClass() {
    assertThat(run(model(), true))
        .containsExactly(new double[] {7 - 100 * NORMAL, 0.5 + 10 * NORMAL}, within(1e-9));
    assertMoving(0.2, 1);
  }

  @Test
  void inference_usesTheMovingStatisticsAndLeavesThem() {
    Model model = model();
    run(model, true);

    assertThat(run(model, false))
        .containsExactly(
            new double[] {7 + 100 * 0.8 * NORMAL, 0.5 + 10 * 2.8 * NORMAL}, within(1e-9));
    assertMoving(0.2, 1);
  }

  @Test
  void training_withTheLayerFrozen_usesTheMovingStatisticsAndLeavesThem() {
    Model model = model();
    layer.setTrainable(false);

    assertThat(run(model, true))
        .containsExactly(new double[] {7 + 100 * NORMAL, 0.5 + 30 * NORMAL}, within(1e-9));
    assertMoving(0, 1);
  }

  @Test
  void training_withTheModelFrozen_usesTheBatchAndLeavesTheStatistics() {
    Model model = model();
    model.setTrainable(false);

    assertThat(run(model, true))
        .containsExactly(new double[] {7 - 100 * NORMAL, 0.5 + 10 * NORMAL}, within(1e-9));
    assertMoving(0, 1);
  }

  @Test
  void images_ofOneClass_areNormalizedAsByBatchNorm() {
    Input image = Input.of("image", Shape.of(2, 2, 1), DataType.DOUBLE);
    Model conditional =
        Model.of("conditional", List.of(image, label), List.of(layer.apply(image, label)));
    Model plain = Model.of("plain", image, BatchNormalization.of().apply(image));
    INDArray images = Numbers.of(new double[] {1.0, 2, 4, 8, 3, 3, 0, -5}, 2, 2, 2, 1);
    INDArray classes = Nd4j.createFromArray(new int[] {1, 1});

    assertThat(Numbers.list(ModelRun.of(conditional, true).on(List.of(images, classes)).output()))
        .containsExactly(
            Numbers.list(ModelRun.of(plain, true).on(List.of(images)).output()), within(1e-12));
  }

  @Test
  void weights_areTwoTablesAndTwoStates() {
    Model model = model();

    assertThat(model.trainableWeights()).extracting(Weight::name).containsExactly("gamma", "beta");
    assertThat(model.nonTrainableWeights())
        .extracting(Weight::name)
        .containsExactly("moving_mean", "moving_variance");
    assertThat(layer.weight("gamma").shape()).isEqualTo(Shape.of(2, 1));
  }

  @Test
  void call_onWhatDoesNotFit_saysWhatToDo() {
    assertThatThrownBy(() -> layer.apply(x))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes two inputs, what to normalize and the classes");
    assertThatThrownBy(() -> layer.apply(x, x))
        .hasMessageContaining("takes classes as int32 or int64 (batch)")
        .hasMessageContaining("give it class numbers as its second input, not ones and zeros");
    assertThatThrownBy(() -> layer.apply(label, label))
        .hasMessageContaining("normalizes float input (batch, …, features)");
    assertThatThrownBy(() -> ConditionalBatchNormalization.classes(0))
        .hasMessage("number of classes is not at least 1: 0");
  }
}
