package dev.tandem.gan.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Both ways through a block, by hand. */
class ResidualBlockTest {

  /** (1, 2, 2, 1). */
  private static final INDArray IMAGE =
      Nd4j.createFromArray(new float[] {1, -2, 3, 8}).reshape(1, 2, 2, 1);

  private static Model model(ResidualBlock block) {
    Input x = Input.of("x", 2, 2, 1);
    return Model.of("model", x, block.apply("block", x));
  }

  /** With one number for each kernel, in the middle of its window, and no biases. */
  private static float[] run(Model model, double conv0, double conv1, double beside) {
    for (Weight weight : model.weights()) {
      if (weight.name().equals("kernel")) {
        String layer = weight.owner().name();
        double number = layer.endsWith("conv0") ? conv0 : layer.endsWith("conv1") ? conv1 : beside;
        weight.set(centered(weight.shape(), number));
      }
    }
    try (Predictor predictor = Predictor.of(model)) {
      return predictor.predict(IMAGE).dup('c').data().asFloat();
    }
  }

  private static INDArray centered(Shape kernel, double number) {
    INDArray array = Nd4j.zeros(kernel.toArray());
    long middle = kernel.size(0) / 2;
    array.putScalar(new long[] {middle, middle, 0, 0}, number);
    return array;
  }

  @Test
  void flat_ofAsManyChannels_addsToWhatItIsGiven() {
    Model model = model(ResidualBlock.flat(1));

    // relu, times 2, relu, times 3
    assertThat(run(model, 2, 3, 0)).containsExactly(new float[] {7, -2, 21, 56}, within(1e-5f));
    assertThat(model.layers()).noneMatch(part -> part.name().endsWith("beside"));
  }

  @Test
  void down_halvesBothWays() {
    // relu, times 2 and 3, mean of (6, 0, 18, 48); beside it the mean 2.5 times 10
    assertThat(run(model(ResidualBlock.down(1)), 2, 3, 10))
        .containsExactly(new float[] {18 + 25}, within(1e-5f));
  }

  @Test
  void down_onAnImage_hasNoReluInFront() {
    // times −2 makes (−2, 4, −6, −16), relu leaves 4, times 3, mean 3; beside it 25
    assertThat(run(model(ResidualBlock.down(1).onImage()), -2, 3, 10))
        .containsExactly(new float[] {3 + 25}, within(1e-5f));
  }

  @Test
  void up_doublesBothWays() {
    assertThat(run(model(ResidualBlock.up(1)), 2, 3, 10))
        .containsExactly(
            new float[] {
              16, 16, -20, -20, //
              16, 16, -20, -20, //
              48, 48, 128, 128, //
              48, 48, 128, 128
            },
            within(1e-4f));
  }

  @Test
  void spectral_dividesEachKernel() {
    Model model = model(ResidualBlock.flat(1).spectral(true));

    // kernels of one number are divided by its size
    assertThat(run(model, 2, -3, 0)).containsExactly(new float[] {0, -2, 0, 0}, within(1e-4f));
  }

  @Test
  void normalized_hasANormInFrontOfEachRelu() {
    Model model = model(ResidualBlock.up(2).normalized(Norm.BATCH));

    assertThat(model.layers())
        .extracting(part -> part.name())
        .contains("block_norm0", "block_norm1", "block_conv0", "block_conv1", "block_beside");
    assertThat(model.output().shape()).isEqualTo(Shape.of(4, 4, 2).batched());
  }
}
