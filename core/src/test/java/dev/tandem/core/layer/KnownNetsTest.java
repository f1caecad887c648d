package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import org.junit.jupiter.api.Test;

/** Nets whose numbers are well known, drawn without making any array. */
class KnownNetsTest {

  @Test
  void vgg16_withoutItsTop_hasItsWeights() {
    Input image = Input.of("image", 224, 224, 3);
    SymbolicTensor x = image;
    int[][] blocks = {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};
    for (int[] block : blocks) {
      for (int filters : block) {
        x =
            Conv2D.filters(filters)
                .kernel(3)
                .padding(Padding.SAME)
                .activation(Activations.relu())
                .apply(x);
      }
      x = MaxPooling2D.window(2).apply(x);
    }

    Model model = Model.of("vgg16", image, x);

    assertThat(x.shape()).hasToString("(batch, 7, 7, 512)");
    assertThat(model.trainableWeights()).hasSize(26);
    assertThat(model.countParams()).isEqualTo(14_714_688);
    assertThat(model.weights()).noneMatch(weight -> weight.variable().isMade());
  }

  @Test
  void dcgan_generator_growsToAnImage() {
    Input noise = Input.of("noise", 100);
    SymbolicTensor x = Dense.units(7 * 7 * 256).bias(false).apply(noise);
    x = ActivationLayer.of(Activations.leakyRelu(0.2)).apply(BatchNormalization.of().apply(x));
    x = Reshape.of(7, 7, 256).apply(x);
    x = up(128, 1).apply(x);
    x = BatchNormalization.of().apply(x);
    x = up(64, 2).apply(x);
    x = BatchNormalization.of().apply(x);
    x = up(1, 2).activation(Activations.tanh()).apply(x);

    Model model = Model.of("generator", noise, x);

    // TensorFlow's DCGAN tutorial: 2,330,944 parameters, 25,472 of them state
    assertThat(x.shape()).hasToString("(batch, 28, 28, 1)");
    assertThat(model.countParams()).isEqualTo(2_330_944);
    assertThat(model.nonTrainableWeights().stream().mapToLong(Weight::length).sum())
        .isEqualTo(25_472);
  }

  private static Conv2DTranspose up(int filters, int stride) {
    return Conv2DTranspose.filters(filters)
        .kernel(5)
        .stride(stride)
        .padding(Padding.SAME)
        .bias(false);
  }
}
