package dev.tandem.gan.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.io.ModelFile;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What images nets take and make, patches, files, and sizes that cannot be. */
class ImageNetsTest {

  private static INDArray images(long seed, long... shape) {
    INDArray images = Nd4j.zeros(DataType.FLOAT, shape);
    CounterRandom.of(seed).normal(images);
    return images;
  }

  private static INDArray predicted(Model model, INDArray input) {
    try (Predictor predictor = Predictor.of(model)) {
      return predictor.predict(input);
    }
  }

  @ParameterizedTest
  @CsvSource({"256, 3, 30, 70", "128, 3, 14, 70", "28, 2, 5, 34", "28, 1, 12, 16", "28, 3, 2, 70"})
  void patchGan_ofSomeLayers_judgesPatchesOfTheirSize(int size, int layers, int side, int patch) {
    PatchGan nets = PatchGan.sized(size, size, 3).filters(1).layers(layers);

    assertThat(nets.build("d").output().shape()).isEqualTo(Shape.of(side, side, 1).batched());
    assertThat(nets.patch()).isEqualTo(patch);
  }

  @Test
  void patchGan_seesItsPatchAndNoMore() {
    Model patches = PatchGan.sized(28, 28, 1).filters(2).layers(1).norm(Norm.NONE).build("d");
    patches.initialize(1);
    INDArray image = images(1, 1, 28, 28, 1);
    INDArray other = image.dup();
    other.putScalar(new long[] {0, 13, 14, 0}, 100);

    INDArray difference = predicted(patches, other).sub(predicted(patches, image));

    // logit i sees rows 2 i - 5 to 2 i + 10
    for (int i = 0; i < 12; i++) {
      for (int j = 0; j < 12; j++) {
        boolean sees = 2 * i - 5 <= 13 && 13 <= 2 * i + 10 && 2 * j - 5 <= 14 && 14 <= 2 * j + 10;
        assertThat(difference.getDouble(0, i, j, 0) != 0).as(i + ", " + j).isEqualTo(sees);
      }
    }
  }

  @Test
  void uNet_withoutAWayThroughTheMiddle_stillSeesItsImage() {
    Model net = UNet.sized(28, 28, 1, 1).filters(2).build("g");
    net.initialize(1);
    net.weight("g_down4/kernel").set(Nd4j.zeros(4, 4, 16, 16));

    INDArray made = predicted(net, images(1, 2, 28, 28, 1));

    assertThat(made.shape()).containsExactly(2, 28, 28, 1);
    assertThat(made.slice(0)).isNotEqualTo(made.slice(1));
    assertThat(made.amaxNumber().doubleValue()).isLessThanOrEqualTo(1);
  }

  static Stream<Model> files() {
    Dcgan dcgan = Dcgan.sized(28, 1).filters(1);
    PointNets points = new PointNets(2);
    ResNetGan plain = ResNetGan.sagan(16, 1).filters(2).latent(8);
    ResNetGan classes = ResNetGan.sngan(32, 3).filters(2).latent(8).classes(3);
    return Stream.of(
        dcgan.generator(),
        dcgan.plainGenerator(),
        dcgan.classGenerator(3),
        dcgan.discriminator(1),
        dcgan.critic(),
        dcgan.spectralDiscriminator(),
        dcgan.projectionDiscriminator(3),
        dcgan.auxiliaryDiscriminator(3),
        points.generator(),
        points.plainGenerator(),
        points.classGenerator(3),
        points.discriminator(2),
        points.critic(),
        points.spectralDiscriminator(),
        points.projectionDiscriminator(3),
        points.auxiliaryDiscriminator(3),
        plain.generator("g"),
        plain.discriminator("d"),
        classes.generator("g"),
        classes.discriminator("d"),
        StyleGan2.sized(16, 1).filters(2).latent(4).generator("g"),
        StyleGan2.sized(16, 1).filters(2).latent(4).discriminator("d"),
        UNet.sized(16, 16, 1, 1).filters(2).build("g"),
        ResNetGenerator.sized(8, 8, 1, 1).filters(2).blocks(1).build("g"),
        PatchGan.sized(16, 16, 1).filters(2).build("d"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_ofANet_givesTheSameNet(Model net, @TempDir Path folder) {
    net.initialize(3);
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    net.inputs()
        .forEach(
            (name, tensor) -> {
              INDArray numbers = images(2, tensor.shape().withBatch(2).toArray());
              boolean labels = tensor.spec().dtype().isIntType();
              inputs.put(name, labels ? Nd4j.createFromArray(2, 0) : numbers);
            });

    ModelFile.save(net, folder.resolve("net"));
    Model loaded = ModelFile.load(folder.resolve("net"));

    try (Predictor first = Predictor.of(net);
        Predictor second = Predictor.of(loaded)) {
      assertThat(second.predict(inputs)).isEqualTo(first.predict(inputs));
    }
  }

  @Test
  void nets_ofTwoNames_beginWithOtherWeights() {
    ResNetGenerator nets = ResNetGenerator.sized(8, 8, 1, 1).filters(2).blocks(1);

    assertThat(nets.build("there").weight("there_in/kernel").values())
        .isNotEqualTo(nets.build("back").weight("back_in/kernel").values());
  }

  @Test
  void uNet_getsAsDeepAsItsImageAllows() {
    assertThat(Stream.of(16, 28, 32, 256, 1024).map(n -> UNet.sized(n, n, 1, 1).depth()).toList())
        .isEqualTo(List.of(4, 5, 5, 8, 8));
    assertThatThrownBy(() -> UNet.sized(28, 28, 1, 1).depth(6))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("depth is above 5, at which images of 28 × 28 are one pixel: 6");
    assertThatThrownBy(() -> UNet.sized(1, 28, 1, 1)).hasMessage("height is not at least 2: 1");
  }

  @Test
  void sizes_thatCannotBe_areRefusedWithTheRule() {
    assertThatThrownBy(() -> ResNetGenerator.sized(28, 30, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "width is not a multiple of 4: 30; a ResNetGenerator halves images twice, crop or pad"
                + " them");
    assertThatThrownBy(() -> PatchGan.sized(28, 28, 1).layers(4))
        .hasMessage(
            "images of 28 × 28 are below 3 pixels after 4 layers of stride 2; take fewer layers or"
                + " larger images");
    assertThatThrownBy(() -> Dcgan.sized(30, 1))
        .hasMessage(
            "size of the images is not 4 to 7 times 4, 8, 16 and so on, such as 28, 32 or 64: 30");
    assertThatThrownBy(() -> ResNetGan.sngan(8, 1)).hasMessageEndingWith("such as 28, 32 or 64: 8");
    assertThatThrownBy(() -> ResNetGan.sngan(32, 1).classes(1))
        .hasMessage("number of classes is neither 0 nor above 1: 1");
    assertThatThrownBy(() -> StyleGan2.sized(32, 1).filters(0))
        .hasMessage("number of filters is not at least 1: 0");
    assertThatThrownBy(() -> new PointNets(0)).hasMessage("size of a point is not at least 1: 0");
  }

  @Test
  void nets_ofAShape_areThoseForImagesOrPoints() {
    assertThat(Nets.of(Shape.of(2))).isEqualTo(new PointNets(2));
    assertThat(Nets.of(Shape.of(28, 28, 1))).isEqualTo(Dcgan.sized(28, 1));
    assertThat(Nets.of(Shape.of(64, 64, 3)).generator().output().shape())
        .isEqualTo(Shape.of(64, 64, 3).batched());
    assertThatThrownBy(() -> Nets.of(Shape.of(28, 32, 1)))
        .hasMessageStartingWith("presets have nets for images (28, 28, channels)")
        .hasMessageContaining("not for (28, 32, 1)");
  }
}
