package dev.tandem.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.ActivationLayer;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Cropping2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Dropout;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.GlobalMaxPooling2D;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.UpSampling2D;
import dev.tandem.core.layer.ZeroPadding2D;
import dev.tandem.core.model.Model;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The GANs of Keras's examples, drawn and counted; the numbers are those of Keras's summaries. */
class KnownNetsTest {

  private static Layer leaky() {
    return ActivationLayer.of(Activations.leakyRelu(0.2));
  }

  private static Conv2D conv(int filters, int kernel, int stride) {
    return Conv2D.filters(filters).kernel(kernel).stride(stride).padding(Padding.SAME);
  }

  private static Conv2DTranspose upscale(int filters) {
    return Conv2DTranspose.filters(filters).kernel(4).stride(2).padding(Padding.SAME);
  }

  /** Of the DCGAN, and of the conditional GAN with ten channels more for the class. */
  private static Model discriminator(int channels) {
    return Model.sequential(
        "discriminator",
        Input.of("image", 28, 28, channels),
        conv(64, 3, 2),
        leaky(),
        conv(128, 3, 2),
        leaky(),
        GlobalMaxPooling2D.of(),
        Dense.units(1));
  }

  /** Of the DCGAN, and of the conditional GAN with ten numbers more for the class. */
  private static Model generator(int latent) {
    return Model.sequential(
        "generator",
        Input.of("noise", latent),
        Dense.units(7 * 7 * latent),
        leaky(),
        Reshape.of(7, 7, latent),
        upscale(128),
        leaky(),
        upscale(128),
        leaky(),
        conv(1, 7, 1).activation(Activations.sigmoid()));
  }

  @ParameterizedTest
  @CsvSource({"1, 128, 74_625, 1_339_905", "11, 138, 80_385, 1_491_215"})
  void dcganAndConditionalGan_drawn_countAsInKeras(
      int channels, int latent, String discriminator, String generator) {
    assertThat(discriminator(channels).countParams()).isEqualTo(number(discriminator));
    assertThat(generator(latent).countParams()).isEqualTo(number(generator));
    assertThat(generator(latent).output().shape().toArray()).containsExactly(-1, 28, 28, 1);
  }

  private static long number(String text) {
    return Long.parseLong(text.replace("_", ""));
  }

  @Test
  void wganGpCritic_drawn_countsAsInKeras() {
    Model critic =
        Model.sequential(
            "critic",
            Input.of("image", 28, 28, 1),
            ZeroPadding2D.of(2),
            conv(64, 5, 2),
            leaky(),
            conv(128, 5, 2),
            leaky(),
            Dropout.rate(0.3),
            conv(256, 5, 2),
            leaky(),
            Dropout.rate(0.3),
            conv(512, 5, 2),
            leaky(),
            Flatten.of(),
            Dropout.rate(0.2),
            Dense.units(1));

    assertThat(critic.countParams()).isEqualTo(4_305_409);
    assertThat(critic.countNonTrainableParams()).isZero();
  }

  @Test
  void wganGpGenerator_drawn_countsAsInKeras() {
    List<Layer> layers = new ArrayList<>();
    Collections.addAll(
        layers,
        Dense.units(4 * 4 * 256).bias(false),
        BatchNormalization.of(),
        leaky(),
        Reshape.of(4, 4, 256));
    for (int filters : List.of(128, 64, 1)) {
      Collections.addAll(
          layers,
          UpSampling2D.size(2),
          conv(filters, 3, 1).bias(false),
          BatchNormalization.of(),
          filters == 1 ? ActivationLayer.of(Activations.tanh()) : leaky());
    }
    layers.add(Cropping2D.of(2));
    Model generator =
        Model.sequential("generator", Input.of("noise", 128), layers.toArray(Layer[]::new));

    assertThat(generator.countParams()).isEqualTo(910_660);
    assertThat(generator.countTrainableParams()).isEqualTo(902_082);
    assertThat(generator.countNonTrainableParams()).isEqualTo(8_578);
    assertThat(generator.output().shape().toArray()).containsExactly(-1, 28, 28, 1);
  }
}
