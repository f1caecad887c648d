package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Batch statistics, moving statistics and both kinds of freezing, with momentum 0.9. */
class BatchNormalizationTest {

  private static final double NORMAL = 1 / Math.sqrt(1.001);

  private BatchNormalization layer = BatchNormalization.of().momentum(0.9);
  private final Input input = Input.of("x", Shape.of(1), DataType.DOUBLE);

  private Model model() {
    return Model.of("model", input, layer.apply(input));
  }

  private static double[] train(Model model, double... batch) {
    return Numbers.list(ModelRun.of(model, true).on(List.of(Numbers.column(batch))).output());
  }

  private void assertMoving(double mean, double variance) {
    assertThat(layer.weight("moving_mean").values().getDouble(0)).isCloseTo(mean, within(1e-12));
    assertThat(layer.weight("moving_variance").values().getDouble(0))
        .isCloseTo(variance, within(1e-12));
  }

  @Test
  void training_usesTheBatchAndMovesTheStatistics() {
    double[] output = train(model(), 1, 3);

    assertThat(output).containsExactly(new double[] {-NORMAL, NORMAL}, within(1e-12));
    assertMoving(0.2, 1);
  }

  @Test
  void training_averagesTheBiasedVariance() {
    train(model(), 1, 2, 3, 6);

    assertMoving(0.3, 1.25);
  }

  @Test
  void training_withTheLayerFrozen_usesTheMovingStatisticsAndLeavesThem() {
    layer.setTrainable(false);

    double[] output = train(model(), 1, 3);

    assertThat(output).containsExactly(new double[] {NORMAL, 3 * NORMAL}, within(1e-12));
    assertThat(output).containsExactly(new double[] {0.9995, 2.9985}, within(1e-4));
    assertMoving(0, 1);
  }

  @Test
  void training_withTheLayerFrozenAndTheOption_usesTheBatchAndLeavesTheStatistics() {
    layer = layer.frozenUsesBatchStatistics(true).trainable(false);

    double[] output = train(model(), 1, 3);

    assertThat(output).containsExactly(new double[] {-NORMAL, NORMAL}, within(1e-12));
    assertMoving(0, 1);
  }

  @Test
  void training_withTheModelFrozen_usesTheBatchAndLeavesTheStatistics() {
    Model model = model();
    model.setTrainable(false);

    double[] output = train(model, 1, 3);

    assertThat(output).containsExactly(new double[] {-NORMAL, NORMAL}, within(1e-12));
    assertMoving(0, 1);
  }

  @Test
  void training_insideAFrozenModel_usesTheBatchAndLeavesTheStatistics() {
    Model inner = model();
    Input outside = Input.of("outside", Shape.of(1), DataType.DOUBLE);
    Model outer = Model.of("outer", outside, inner.apply(outside));
    inner.setTrainable(false);

    double[] output = train(outer, 1, 3);

    assertThat(output).containsExactly(new double[] {-NORMAL, NORMAL}, within(1e-12));
    assertMoving(0, 1);
  }

  @Test
  void training_withTwoCalls_movesTheStatisticsTwice() {
    Input other = Input.of("y", Shape.of(1), DataType.DOUBLE);
    Model model =
        Model.of("twice", List.of(input, other), List.of(layer.apply(input), layer.apply(other)));

    ModelRun.of(model, true).on(List.of(Numbers.column(1, 3), Numbers.column(5, 9)));

    assertMoving(0.9 * 0.2 + 0.1 * 7, 0.9 * 1 + 0.1 * 4);
  }

  @Test
  void inference_usesTheMovingStatisticsAndLeavesThem() {
    Model model = model();
    train(model, 1, 3);

    ModelRun run = ModelRun.of(model, false).on(List.of(Numbers.column(1, 3)));

    assertThat(Numbers.list(run.output()))
        .containsExactly(new double[] {0.8 * NORMAL, 2.8 * NORMAL}, within(1e-12));
    assertMoving(0.2, 1);
  }

  @Test
  void weights_areTwoParametersAndTwoStates() {
    Input four = Input.of("four", 4);
    Model model = Model.of("model", four, layer.apply(four));

    assertThat(model.weights())
        .extracting(Weight::name)
        .containsExactly("gamma", "beta", "moving_mean", "moving_variance");
    assertThat(model.trainableWeights()).extracting(Weight::name).containsExactly("gamma", "beta");
    layer.setTrainable(false);
    assertThat(model.trainableWeights()).isEmpty();
    assertThat(model.nonTrainableWeights()).hasSize(4);
  }

  @Test
  void weights_withoutScaleAndCenter_areTheStates() {
    Input four = Input.of("four", 4);
    Model model = Model.of("model", four, layer.scale(false).center(false).apply(four));

    assertThat(model.trainableWeights()).isEmpty();
    assertThat(model.nonTrainableWeights())
        .extracting(Weight::name)
        .containsExactly("moving_mean", "moving_variance");
  }
}
