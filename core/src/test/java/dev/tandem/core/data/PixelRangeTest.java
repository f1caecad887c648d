package dev.tandem.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PixelRangeTest {

  @Test
  void zeroToOne_ofLevels_coversTheInterval() {
    assertThat(PixelRange.ZERO_TO_ONE.of(0)).isZero();
    assertThat(PixelRange.ZERO_TO_ONE.of(51)).isEqualTo(0.2f);
    assertThat(PixelRange.ZERO_TO_ONE.of(255)).isEqualTo(1f);
  }

  @Test
  void minusOneToOne_ofLevels_coversTheInterval() {
    assertThat(PixelRange.MINUS_ONE_TO_ONE.of(0)).isEqualTo(-1f);
    assertThat(PixelRange.MINUS_ONE_TO_ONE.of(51)).isEqualTo(-0.6f);
    assertThat(PixelRange.MINUS_ONE_TO_ONE.of(255)).isEqualTo(1f);
  }

  @Test
  void levelBeyondAByte_scaled_isRefused() {
    assertThatThrownBy(() -> PixelRange.ZERO_TO_ONE.of(256))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("pixel level is not in [0, 255]: 256");
  }
}
