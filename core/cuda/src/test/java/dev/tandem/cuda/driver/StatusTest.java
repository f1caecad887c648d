package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.cuda.device.DeviceException;
import dev.tandem.cuda.device.DeviceLostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about answers of NVIDIA's libraries. */
class StatusTest {

  private static DeviceException answer(int status) {
    return CudaStatus.refused("call", status, "NAME", "meaning", CudaStatus.step(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {214, 700, 713, 715, 719, 721})
  void answer_ofACardThatIsLost_isAnErrorOfItsOwn(int status) {
    assertThat(answer(status))
        .isInstanceOf(DeviceLostException.class)
        .hasMessageStartingWith("call answers NAME (" + status + "), meaning; ")
        .hasMessageContaining("restore that checkpoint")
        .hasMessageContaining("-Dtandem.cuda.single=true");
    assertThat(CudaStatus.isLost(status)).isTrue();
  }

  @Test
  void answer_ofACardThatAnotherProcessHas_saysHowToShareIt() {
    assertThat(answer(46))
        .isNotInstanceOf(DeviceLostException.class)
        .hasMessageContaining("another process has the card for itself")
        .hasMessageContaining("nvidia-smi -c DEFAULT")
        .hasMessageContaining("-Dtandem.cuda.device=1");
  }

  @Test
  void answer_withoutACardOrDriver_saysWhatToLookAt() {
    assertThat(answer(100)).hasMessageContaining("CUDA_VISIBLE_DEVICES");
    assertThat(answer(35)).hasMessageContaining("driver 580 or newer");
    assertThat(answer(12345)).hasMessageContaining("nvidia-smi");
  }

  @Test
  void text_thatIsRefused_isNamedWithThePathAndTheCompilersWords() {
    assertThat(KernelCompiler.refusal("NVRTC 13.0", "sm_90", "/c/refused-1.cu", "x".repeat(9000)))
        .hasMessageContaining("NVRTC 13.0 refuses kernels for sm_90")
        .hasMessageContaining("kept in /c/refused-1.cu")
        .hasMessageContaining("report its words:\nxxx")
        .hasMessageEndingWith("x …");
  }
}
