package dev.tandem.examples.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The numbers stand for the data as the programs of other systems make them. */
class BenchDataTest {

  @Test
  void images_ofEachSize_areThoseOfOtherSystems() {
    assertThat(Arrays.deepHashCode(BenchData.images(64, 28, 1))).isEqualTo(-1930289285);
    assertThat(Arrays.deepHashCode(BenchData.images(64, 32, 3))).isEqualTo(651858496);
  }

  @Test
  void channelsFirst_ofImages_movesEachChannelTogether() {
    float[][] images = {{1, 10, 2, 20, 3, 30, 4, 40}};

    assertThat(BenchData.channelsFirst(images, 2, 2)[0])
        .containsExactly(1, 2, 10, 20, 3, 4, 30, 40);
    assertThat(BenchData.channelsFirst(images, 4, 2)[0])
        .containsExactly(1, 2, 3, 4, 10, 20, 30, 40);
  }

  @Test
  void ring_of256_isThatOfOtherSystems() {
    assertThat(Arrays.deepHashCode(BenchData.ring(256))).isEqualTo(-2049723858);
  }

  @Test
  void classes_of128_areThoseOfOtherSystems() {
    BenchData.Classified[] batches = BenchData.classes(128);

    assertThat(hash(Arrays.stream(batches).map(BenchData.Classified::features).toArray()))
        .isEqualTo(1317896812);
    assertThat(hash(Arrays.stream(batches).map(BenchData.Classified::labels).toArray()))
        .isEqualTo(1400309076);
  }

  private static int hash(Object[] batches) {
    return Arrays.deepHashCode(batches);
  }
}
