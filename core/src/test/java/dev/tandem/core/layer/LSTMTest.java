package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One unit on one feature, by hand. */
class LSTMTest {

  private static final double[] KERNEL = {0.5, -0.25, 1, 0.75};
  private static final double[] RECURRENT = {0.1, 0.2, -0.3, 0.4};
  private static final double[] BIAS = {0, 1, 0.5, -0.5};

  private final Input input = Input.of("x", Shape.of(2, 1), DataType.DOUBLE);

  private double[] run(LSTM layer) {
    Model model = Model.of("model", input, layer.apply(input));
    layer.weight("kernel").set(Numbers.of(KERNEL, 1, 4));
    layer.weight("recurrent_kernel").set(Numbers.of(RECURRENT, 1, 4));
    layer.weight("bias").set(Numbers.of(BIAS, 4));
    INDArray x = Numbers.of(new double[] {2, -1}, 1, 2, 1);
    return Numbers.list(ModelRun.of(model, false).on(List.of(x)).output());
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void output_isThatOfTheFormula() {
    double c1 = sigmoid(1) * Math.tanh(2.5);
    double h1 = sigmoid(1) * Math.tanh(c1);
    double c2 =
        sigmoid(-0.25 * -1 + 0.2 * h1 + 1) * c1
            + sigmoid(0.5 * -1 + 0.1 * h1) * Math.tanh(-1 - 0.3 * h1 + 0.5);
    double h2 = sigmoid(0.75 * -1 + 0.4 * h1 - 0.5) * Math.tanh(c2);

    assertThat(run(LSTM.units(1))).containsExactly(new double[] {h2}, within(1e-12));
    assertThat(run(LSTM.units(1).returnSequences(true)))
        .containsExactly(new double[] {h1, h2}, within(1e-12));
  }

  @Test
  void bias_beginsWithOnesForTheForgetGate() {
    LSTM layer = LSTM.units(2);
    layer.apply(input);
    LSTM without = LSTM.units(2).unitForgetBias(false);
    without.apply(input);

    assertThat(Numbers.list(layer.weight("bias").values())).containsExactly(0, 0, 1, 1, 0, 0, 0, 0);
    assertThat(Numbers.list(without.weight("bias").values())).containsOnly(0);
  }

  @Test
  void recurrentKernel_beginsOrthogonal() {
    LSTM layer = LSTM.units(3);
    layer.apply(input);
    INDArray kernel = layer.weight("recurrent_kernel").values();

    assertThat(Numbers.list(kernel.mmul(kernel.transpose())))
        .containsExactly(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1}, within(1e-12));
  }

  @Test
  void countParams_ofALanguageModel_isKerass() {
    Input words = Input.of("words", Shape.of(20, 501));
    LSTM lstm = LSTM.units(40).returnSequences(true).named("lstm");
    TimeDistributed head = TimeDistributed.of(Dense.units(501).named("dense")).named("head");
    SymbolicTensor states = lstm.apply(words);
    Model model = Model.of("model", words, head.apply(states));

    assertThat(count(lstm)).isEqualTo(86_720);
    assertThat(count(head)).isEqualTo(20_541);
    assertThat(model.countParams()).isEqualTo(107_261);
    head.setTrainable(false);
    assertThat(model.trainableWeights()).isEqualTo(lstm.weights());
  }

  private static long count(Layer layer) {
    return layer.weights().stream().mapToLong(Weight::length).sum();
  }
}
