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

/** Layers that a style steers, by hand. */
class StyleLayersTest {

  private static final Input STYLE = Input.of("style", Shape.of(1), DataType.DOUBLE);

  private static Input image(long... sample) {
    return Input.of("image", Shape.of(sample), DataType.DOUBLE);
  }

  private static double[] run(Layer layer, Input image, INDArray values, double... styles) {
    Model model = Model.of("model", List.of(image, STYLE), List.of(layer.apply(image, STYLE)));
    return output(model, values, styles);
  }

  private static double[] output(Model model, INDArray values, double... styles) {
    INDArray style = Nd4j.createFromArray(styles).reshape(styles.length, 1);
    return Numbers.list(ModelRun.of(model, true).on(List.of(values, style)).output());
  }

  @Test
  void adaptiveNorm_givesEachSampleTheStylesDeviationAndMean() {
    AdaptiveInstanceNormalization layer = AdaptiveInstanceNormalization.of();
    Input image = image(2, 1, 1);
    Model model = Model.of("model", List.of(image, STYLE), List.of(layer.apply(image, STYLE)));
    layer.weight("style_kernel").set(Nd4j.createFromArray(new double[][] {{2, 5}}));
    layer.weight("style_bias").set(Nd4j.createFromArray(new double[] {1, -1}));
    INDArray images = Numbers.of(new double[] {1.0, 3, 10, 50}, 2, 2, 1, 1);

    double[] result = output(model, images, 1, 3);

    // style 1: gamma 3, beta 4; style 3: gamma 7, beta 14
    double first = 4 / Math.sqrt(1 + 1e-5);
    double second = 8 * 20 / Math.sqrt(400 + 1e-5);
    assertThat(result)
        .containsExactly(
            new double[] {4 - first, 4 + first, 14 - second, 14 + second}, within(1e-9));
  }

  @Test
  void adaptiveNorm_ofANoughtStyle_isInstanceNorm() {
    INDArray images = Numbers.of(new double[] {1.0, 10, 3, 10, 5, 40, 7, 40}, 1, 2, 2, 2);
    Input image = image(2, 2, 2);
    Layer norm = InstanceNormalization.of().epsilon(1e-5);
    Model plain = Model.of("plain", image, norm.apply(image));

    assertThat(run(AdaptiveInstanceNormalization.of(), image, images, 0))
        .containsExactly(
            Numbers.list(ModelRun.of(plain, true).on(List.of(images)).output()), within(1e-12));
  }

  /** Two channels to one filter by a window of one; the scales of a style are (1 + style, 1). */
  private static Model modulated(ModulatedConv2D layer) {
    Input image = image(1, 1, 2);
    Model model = Model.of("model", List.of(image, STYLE), List.of(layer.apply(image, STYLE)));
    layer.weight("kernel").set(Numbers.of(new double[] {3.0, 4}, 1, 1, 2, 1));
    layer.weight("style_kernel").set(Nd4j.createFromArray(new double[][] {{1, 0}}));
    layer.weight("bias").set(Nd4j.createFromArray(new double[] {0.5}));
    return model;
  }

  @Test
  void modulatedConv_scalesItsKernelBySampleAndDividesByTheNorm() {
    Model model = modulated(ModulatedConv2D.filters(1).kernel(1));
    INDArray images = Numbers.of(new double[] {1.0, 1, 1, 1}, 2, 1, 1, 2);

    // kernels (3, 4) and (9, 4)
    assertThat(output(model, images, 0, 2))
        .containsExactly(new double[] {0.5 + 7.0 / 5, 0.5 + 13 / Math.sqrt(97)}, within(1e-8));
  }

  @Test
  void modulatedConv_withoutDemodulation_onlyScales() {
    Model model = modulated(ModulatedConv2D.filters(1).kernel(1).demodulate(false));
    INDArray images = Numbers.of(new double[] {1.0, 1, 1, 1}, 2, 1, 1, 2);

    assertThat(output(model, images, 0, 2)).containsExactly(new double[] {7.5, 13.5}, within(1e-9));
  }

  @Test
  void modulatedConv_ofScalesOfOne_isAConvolutionByTheUnitKernel() {
    ModulatedConv2D layer = ModulatedConv2D.filters(1);
    Input image = image(2, 3, 1);
    INDArray images = Numbers.of(new double[] {1.0, 2, 3, 4, 5, 6}, 1, 2, 3, 1);
    Model model = Model.of("model", List.of(image, STYLE), List.of(layer.apply(image, STYLE)));
    layer.weight("kernel").set(Nd4j.ones(DataType.DOUBLE, 3, 3, 1, 1));

    // sums over the window, by the norm 3 of nine ones
    assertThat(output(model, images, 0))
        .containsExactly(
            new double[] {12 / 3.0, 21 / 3.0, 16 / 3.0, 12 / 3.0, 21 / 3.0, 16 / 3.0},
            within(1e-7));
  }

  @Test
  void layers_onWhatDoesNotFit_sayWhatToDo() {
    Input image = image(2, 2, 2);
    assertThatThrownBy(() -> AdaptiveInstanceNormalization.of().apply(image))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes two inputs, (batch, …places, channels) and a style");
    assertThatThrownBy(() -> AdaptiveInstanceNormalization.of().apply(STYLE, STYLE))
        .hasMessageContaining("works on float input (batch, …places, channels)");
    assertThatThrownBy(() -> ModulatedConv2D.filters(1).apply(image, image))
        .hasMessageContaining("takes a style (batch, size) of its first input's type");
    assertThatThrownBy(() -> ModulatedConv2D.filters(0)).hasMessage("filters is not at least 1: 0");
  }
}
