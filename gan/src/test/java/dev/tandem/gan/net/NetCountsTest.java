package dev.tandem.gan.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nets at their papers' sizes have as many parameters as the programs that they were trained by.
 */
class NetCountsTest {

  private static long trainable(Model model) {
    return model.countTrainableParams();
  }

  @Test
  void dcgan64_ofColors_countsAsInPyTorchsTutorial() {
    Dcgan nets = Dcgan.sized(64, 3).norm(Norm.BATCH);

    // which has no bias behind the last kernel of either, and before the first norm
    assertThat(trainable(nets.generator())).isEqualTo(3_576_704 + 3);
    assertThat(trainable(nets.discriminator(1))).isEqualTo(2_765_568 + 64 + 1);
  }

  @Test
  void sngan32_ofTenClasses_countsAsInStudioGan() {
    ResNetGan nets = ResNetGan.sngan(32, 3).classes(10);

    assertThat(trainable(nets.generator("generator"))).isEqualTo(4_304_387);
    assertThat(trainable(nets.discriminator("discriminator"))).isEqualTo(1_055_105);
  }

  @Test
  void sngan32_withoutClasses_hasAGammaAndABetaForAll() {
    ResNetGan nets = ResNetGan.sngan(32, 3);

    // six batch norms of 256 channels have one row in place of ten; ten embeddings of 128
    assertThat(trainable(nets.generator("generator"))).isEqualTo(4_304_387 - 6 * 9 * 2 * 256);
    assertThat(trainable(nets.discriminator("discriminator"))).isEqualTo(1_055_105 - 10 * 128);
  }

  @Test
  void sagan32_hasAttentionMore() {
    ResNetGan plain = ResNetGan.sngan(32, 3);
    ResNetGan attending = ResNetGan.sagan(32, 3);

    // four kernels between all channels and an eighth of them, and gamma
    assertThat(trainable(attending.generator("generator")))
        .isEqualTo(trainable(plain.generator("generator")) + 4 * 256 * 32 + 1);
    assertThat(trainable(attending.discriminator("discriminator")))
        .isEqualTo(trainable(plain.discriminator("discriminator")) + 4 * 128 * 16 + 1);
  }

  @Test
  void sngan64_hasTheWidthsOfTheTable() {
    Model generator = ResNetGan.sngan(64, 3).generator("generator");
    Model discriminator = ResNetGan.sngan(64, 3).discriminator("discriminator");

    assertThat(kernels(generator, "block%d_conv1", 1, 4)).containsExactly(512, 256, 128, 64);
    assertThat(generator.layer("generator_0").weight("kernel").shape().toArray())
        .containsExactly(128, 4 * 4 * 1024);
    assertThat(kernels(discriminator, "block%d_conv1_spectral", 0, 4))
        .containsExactly(64, 128, 256, 512, 1024);
  }

  private static Integer[] kernels(Model model, String part, int first, int last) {
    Integer[] widths = new Integer[last - first + 1];
    for (int i = first; i <= last; i++) {
      String name = model.name() + "_" + String.format(Locale.ROOT, part, i);
      widths[i - first] = (int) model.layer(name).weight("kernel").shape().size(-1);
    }
    return widths;
  }

  @Test
  void cycleGan256_countsAsInItsProgram() {
    // which prints 11.378 M and 2.765 M
    assertThat(ResNetGenerator.sized(256, 256, 3, 3).blocks(9).build("generator").countParams())
        .isEqualTo(11_378_179);
    assertThat(PatchGan.sized(256, 256, 3).build("discriminator").countParams())
        .isEqualTo(2_764_737);
  }

  @Test
  void pix2Pix256_countsAsInItsProgram() {
    // which prints 54.414 M and 2.769 M; TensorFlow's tutorial says 54,414,979 with one norm more
    assertThat(trainable(UNet.sized(256, 256, 3, 3).norm(Norm.BATCH).build("generator")))
        .isEqualTo(54_414_979 - 1024);
    assertThat(trainable(PatchGan.sized(256, 256, 6).norm(Norm.BATCH).build("discriminator")))
        .isEqualTo(2_768_705);
  }

  @Test
  void styleGan2_isCountedByHand() {
    StyleGan2 nets = StyleGan2.sized(16, 1).filters(4).latent(8).mapping(2);
    long style = 2 * (8 * 8 + 8);
    long base = 8 * 4 * 4 * 16 + 4 * 4 * 16;
    long smallest = modulated(3, 16, 16) + modulated(1, 16, 1);
    long middle = modulated(3, 16, 8) + modulated(3, 8, 8) + modulated(1, 8, 1);
    long largest = modulated(3, 8, 4) + modulated(3, 4, 4) + modulated(1, 4, 1);

    assertThat(nets.generator("generator").countParams())
        .isEqualTo(style + base + smallest + middle + largest)
        .isEqualTo(7703);
  }

  /** With an affine map of a style of 8. */
  private static long modulated(long window, long channels, long filters) {
    return window * window * channels * filters + filters + 8 * channels + channels;
  }

  static Stream<Arguments> projections() {
    return Stream.of(
        Arguments.of("on images", Nets.of(Shape.of(16, 16, 1)).projectionDiscriminator(3)),
        Arguments.of("on points", Nets.of(Shape.of(2)).projectionDiscriminator(3)),
        Arguments.of(
            "residual", ResNetGan.sngan(16, 1).filters(4).classes(3).discriminator("critic")));
  }

  /** Miyato, Koyama, 2018, section 4: all weights of the discriminator are normalized. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("projections")
  void projectionDiscriminator_normalizesEveryKernel(String name, Model discriminator) {
    List<Weight> kernels =
        discriminator.weights().stream()
            .filter(weight -> weight.isParameter() && weight.shape().rank() >= 2)
            .toList();
    Set<Weight> normalized =
        layers(discriminator)
            .filter(SpectralNormalization.class::isInstance)
            .flatMap(layer -> layer.weights().stream())
            .collect(Collectors.toSet());

    assertThat(kernels).extracting(Weight::name).contains("kernel", "embeddings");
    assertThat(normalized).containsAll(kernels);
  }

  private static Stream<Layer> layers(Model model) {
    return model.layers().stream()
        .flatMap(
            part ->
                part instanceof Model inner
                    ? layers(inner)
                    : Stream.of(part).filter(Layer.class::isInstance).map(Layer.class::cast));
  }
}
