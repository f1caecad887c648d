package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tandem.core.op.random.CounterRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pictures of random sizes and pixels, brought to random sizes. */
class ResamplerTest {

  /** From what size to what size. */
  private record Case(long seed, int height, int width, ImageSize size) {}

  static Stream<Case> cases() {
    return Stream.iterate(0L, seed -> seed + 1)
        .limit(40)
        .map(
            seed -> {
              CounterRandom random = CounterRandom.of(seed, 7);
              return new Case(
                  seed,
                  side(random, 0, 150),
                  side(random, 1, 150),
                  new ImageSize(side(random, 2, 40), side(random, 3, 40)));
            });
  }

  private static int side(CounterRandom random, int index, int most) {
    return 1 + (int) (random.uniform(index) * most);
  }

  private static Picture noise(Case of) {
    CounterRandom random = CounterRandom.of(of.seed, 8);
    byte[] levels = new byte[of.height * of.width * Picture.COLORS];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) (random.uniform(i) * 256);
    }
    return new Picture(of.height, of.width, levels);
  }

  private static double mean(Picture picture) {
    double sum = 0;
    for (byte level : picture.levels()) {
      sum += level & 0xFF;
    }
    return sum / picture.levels().length;
  }

  private static Picture mirrored(Picture picture) {
    byte[] levels = new byte[picture.levels().length];
    for (int i = 0; i < picture.height() * picture.width(); i++) {
      int to = i / picture.width() * picture.width() + picture.width() - 1 - i % picture.width();
      System.arraycopy(picture.levels(), 3 * i, levels, 3 * to, 3);
    }
    return new Picture(picture.height(), picture.width(), levels);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void constant_staysConstant(Case of) {
    byte[] levels = new byte[of.height * of.width * Picture.COLORS];
    Arrays.fill(levels, (byte) (40 + 5 * of.seed));
    Picture picture = new Picture(of.height, of.width, levels);

    for (ImageResize resize : ImageResize.values()) {
      assertThat(resize.apply(picture, of.size, (int) (40 + 5 * of.seed) * 0x10101).levels())
          .hasSize(of.size.height() * of.size.width() * Picture.COLORS)
          .containsOnly((byte) (40 + 5 * of.seed));
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mean_isKept_whereBothSidesShrink(Case of) {
    if (of.height < of.size.height() || of.width < of.size.width()) {
      return;
    }
    Picture picture = noise(of);

    assertThat(mean(ImageResize.SQUASH.apply(picture, of.size, 0)))
        .isCloseTo(mean(picture), within(0.5));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mirrorImage_becomesTheMirrorImage(Case of) {
    Picture picture = noise(of);

    for (ImageResize resize : new ImageResize[] {ImageResize.CROP, ImageResize.SQUASH}) {
      byte[] there = mirrored(resize.apply(picture, of.size, 0)).levels();
      byte[] back = resize.apply(mirrored(picture), of.size, 0).levels();
      for (int i = 0; i < there.length; i++) {
        assertThat(Math.abs((there[i] & 0xFF) - (back[i] & 0xFF))).isLessThanOrEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void sameSize_isTheSamePicture(Case of) {
    Picture picture = noise(of);
    ImageSize size = new ImageSize(of.height, of.width);

    for (ImageResize resize : ImageResize.values()) {
      assertThat(resize.apply(picture, size, 0).levels()).isEqualTo(picture.levels());
    }
  }
}
