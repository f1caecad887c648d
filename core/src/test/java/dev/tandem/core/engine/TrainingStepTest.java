package dev.tandem.core.engine;

import dev.tandem.core.op.OpGraph;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Whole training steps, several in a row, move the same weights to the same places as SameDiff. */
class TrainingStepTest {

  private static final DataType DOUBLE = DataType.DOUBLE;

  private static Steps.Gan gan(DataType dtype) {
    Nets g =
        new Nets("g", dtype)
            .dense(5, 4 * 4 * 6)
            .view(4, 4, 6)
            .batchNorm(6)
            .leakyRelu()
            .transposed(6, 4, 4, 2)
            .batchNorm(4)
            .relu()
            .conv(4, 1, 3, 1)
            .tanh();
    Nets d =
        new Nets("d", dtype)
            .conv(1, 3, 4, 2)
            .leakyRelu()
            .conv(3, 4, 4, 2)
            .leakyRelu()
            .view(2 * 2 * 4)
            .dense(16, 1);
    return new Steps.Gan(g, d, dtype, 5, 4, Shape.of(8, 8, 1));
  }

  private static EngineComparison twins(OpGraph graph, DataType dtype) {
    return EngineComparison.of(graph).feed("alpha", Nd4j.scalar(dtype, 0.01)).steps(4);
  }

  private static INDArray images(DataType dtype) {
    return Samples.random(new TensorSpec(Shape.of(4, 8, 8, 1), dtype), 5);
  }

  @Test
  void classifier_trainedByPlan_equalsSameDiff() {
    for (DataType dtype : new DataType[] {DataType.FLOAT, DOUBLE}) {
      Nets net = new Nets("mlp", dtype).dense(7, 9).relu().dense(9, 8).leakyRelu().dense(8, 3);
      INDArray labels = Nd4j.zeros(dtype, 6, 3);
      for (int i = 0; i < 6; i++) {
        labels.putScalar(i, i % 3, 1);
      }
      twins(Steps.classifier(net, dtype, 6, 7, 3), dtype)
          .feed("x", Samples.random(new TensorSpec(Shape.of(6, 7), dtype), 3))
          .feed("labels", labels)
          .within(dtype == DOUBLE ? 1e-11 : 1e-4)
          .agree();
    }
  }

  @Test
  void discriminator_trainedByPlan_equalsSameDiff() {
    twins(gan(DOUBLE).discriminatorStep(), DOUBLE)
        .feed("real", images(DOUBLE))
        .within(1e-10)
        .agree();
  }

  @Test
  void generator_trainedByPlan_equalsSameDiff() {
    twins(gan(DOUBLE).generatorStep(), DOUBLE).within(1e-10).agree();
  }

  @Test
  void generatorInFloat32_trainedByPlan_isNearSameDiff() {
    twins(gan(DataType.FLOAT).generatorStep(), DataType.FLOAT).steps(2).within(2e-3).agree();
  }

  @Test
  void criticWithGradientPenalty_trainedByPlan_equalsSameDiff() {
    twins(gan(DOUBLE).criticStep(), DOUBLE).feed("real", images(DOUBLE)).within(1e-9).agree();
  }
}
