package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Arithmetic on symbolic tensors, on a batch of (1, 2) and (3, 4). */
class TensorsTest {

  private static final INDArray BATCH = Numbers.counting(2, 2);

  private final Input x = Input.of("x", Shape.of(2), DataType.DOUBLE);

  private double[] of(UnaryOperator<SymbolicTensor> function) {
    Model model = Model.of("model", x, function.apply(x));
    return Numbers.list(ModelRun.of(model, true).on(List.of(BATCH)).output());
  }

  @Test
  void arithmetic_isElementwise() {
    assertThat(of(t -> Tensors.add(t, t))).containsExactly(2, 4, 6, 8);
    assertThat(of(t -> Tensors.subtract(Tensors.scale(t, 3), t))).containsExactly(2, 4, 6, 8);
    assertThat(of(t -> Tensors.multiply(t, Tensors.shift(t, 1)))).containsExactly(2, 6, 12, 20);
    assertThat(of(Tensors::square)).containsExactly(1, 4, 9, 16);
    assertThat(of(t -> Tensors.sqrt(Tensors.square(t))))
        .containsExactly(new double[] {1, 2, 3, 4}, within(1e-12));
    assertThat(of(Tensors::softplus)[0]).isCloseTo(1.3132616875182228, within(1e-12));
  }

  @Test
  void reductions_areOverAllOrOverAxes() {
    assertThat(of(Tensors::mean)).containsExactly(2.5);
    assertThat(of(t -> Tensors.sum(t, 1))).containsExactly(3, 7);
    assertThat(of(t -> Tensors.norm(t, 0)))
        .containsExactly(new double[] {Math.sqrt(5), 5}, within(1e-12));
  }

  @Test
  void gradients_canBeTakenTwice() {
    assertThat(
            of(
                t -> {
                  SymbolicTensor cube = Tensors.multiply(t, Tensors.square(t));
                  return Tensors.gradients(cube, t);
                }))
        .containsExactly(new double[] {3, 12, 27, 48}, within(1e-12));
    assertThat(
            of(
                t -> {
                  SymbolicTensor cube = Tensors.multiply(t, Tensors.square(t));
                  return Tensors.gradients(Tensors.gradients(cube, t), t);
                }))
        .containsExactly(new double[] {6, 12, 18, 24}, within(1e-12));
  }

  @Test
  void stopGradient_stopsIt() {
    assertThat(of(t -> Tensors.gradients(Tensors.multiply(t, Tensors.stopGradient(t)), t)))
        .containsExactly(1, 2, 3, 4);
  }

  @Test
  void random_hasARowForEachSample() {
    SymbolicTensor uniform = Tensors.randomUniform(x, 500);

    double[] numbers = of(t -> uniform);

    assertThat(uniform.shape()).isEqualTo(Shape.of(Shape.BATCH, 500));
    assertThat(numbers).hasSize(1000).doesNotHaveDuplicates();
    assertThat(Arrays.stream(numbers).min().orElseThrow()).isBetween(0.0, 0.05);
    assertThat(Arrays.stream(numbers).max().orElseThrow()).isBetween(0.95, 1.0);
    assertThat(of(t -> Tensors.randomNormal(t, 3, 4))).hasSize(24).doesNotHaveDuplicates();
  }
}
