package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Dropout and noise on 20,000 numbers. */
class RandomLayersTest {

  private static final long SIZE = 20_000;

  private final Input input = Input.of("x", Shape.of(SIZE), DataType.DOUBLE);
  private final INDArray ones = Numbers.filled(Initializers.ones(), 0, 1, SIZE);

  private double[] run(boolean training, Layer layer) {
    Model model = Model.of("model", input, layer.apply(input));
    return Numbers.list(ModelRun.of(model, training).on(List.of(ones)).output());
  }

  @Test
  void dropout_inTraining_dropsItsPartAndWidensTheRest() {
    double[] output = run(true, Dropout.rate(0.3));

    assertThat(Arrays.stream(output).distinct().sorted().toArray())
        .containsExactly(new double[] {0, 1 / 0.7}, within(1e-12));
    assertThat(Arrays.stream(output).filter(x -> x == 0).count() / (double) SIZE)
        .isCloseTo(0.3, within(0.015));
  }

  @Test
  void dropout_inInference_doesNothing() {
    assertThat(run(false, Dropout.rate(0.3))).containsOnly(1);
  }

  @Test
  void dropout_calledTwice_dropsOthers() {
    Dropout layer = Dropout.rate(0.5);
    Model model =
        Model.of("model", List.of(input), List.of(layer.apply(input), layer.apply(input)));

    List<INDArray> outputs = ModelRun.of(model, true).on(List.of(ones)).outputs();

    assertThat(outputs.get(0)).isNotEqualTo(outputs.get(1));
  }

  @Test
  void noise_inTraining_isAddedWithItsDeviation() {
    double[] output = run(true, GaussianNoise.deviation(0.2));

    double mean = Arrays.stream(output).average().orElseThrow();
    double variance = Arrays.stream(output).map(x -> (x - 1) * (x - 1)).average().orElseThrow();
    assertThat(mean).isCloseTo(1, within(0.006));
    assertThat(Math.sqrt(variance)).isCloseTo(0.2, within(0.004));
  }

  @Test
  void noise_inInference_doesNothing() {
    assertThat(run(false, GaussianNoise.deviation(0.2))).containsOnly(1);
  }
}
