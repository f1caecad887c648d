package dev.tandem.core.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class NvidiaSmiTest {

  @Test
  void parse_oneLinePerCard_readsThemInOrder() {
    assertThat(NvidiaSmi.parse("8.6\n 9.0 \n12.1\n"))
        .containsExactly(
            new ComputeCapability(8, 6), new ComputeCapability(9, 0), new ComputeCapability(12, 1));
  }

  @Test
  void parse_otherText_isLeftOut() {
    assertThat(NvidiaSmi.parse("[N/A]\n\nNo devices were found\n")).isEmpty();
  }

  @Test
  void cards_withOrWithoutDriver_answers() {
    assertThatCode(NvidiaSmi::cards).doesNotThrowAnyException();
  }

  @Test
  void capability_notMajorDotMinor_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ComputeCapability.parse("8"))
        .withMessage("compute capability is not of the form major.minor: 8");
  }
}
