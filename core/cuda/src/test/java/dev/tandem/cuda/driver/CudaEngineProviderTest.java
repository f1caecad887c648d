package dev.tandem.cuda.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.tandem.core.op.Precision;
import dev.tandem.core.train.Engines;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CudaEngineProviderTest {

  @AfterEach
  void forget() {
    System.clearProperty(CudaDevices.CARD);
  }

  @Test
  void engines_withThisModule_haveCuda() {
    assertThat(Engines.names()).contains("cuda");
  }

  @Test
  void engine_withoutLibraries_namesAllThatIsMissing() {
    CudaLibraries libraries = CudaLibraries.find();
    assumeFalse(libraries.isComplete(), "skipped: all libraries of a card are here");

    assertThatThrownBy(() -> Engines.named("cuda"))
        .isInstanceOf(IllegalStateException.class)
        .satisfies(
            e ->
                assertThat(libraries.missing())
                    .allSatisfy(part -> assertThat(e.getMessage()).contains(part.describe())))
        .hasMessageContaining("looked in")
        .hasMessageContaining("cpu");
  }

  @Test
  void cards_withoutADriver_areNotAskedFor() {
    CudaLibraries libraries = CudaLibraries.find();
    assumeFalse(libraries.part(CudaLibrary.DRIVER).isFound(), "skipped: there is a driver");

    assertThatThrownBy(() -> CudaCards.all(libraries))
        .hasMessageContaining("libcuda.so.1")
        .hasMessageContaining("driver 580 or newer");
  }

  @Test
  void card_byPropertyOrVariable_isItsIndex() {
    assertThat(CudaDevices.index(null)).isZero();
    assertThat(CudaDevices.index("2")).isEqualTo(2);
    System.setProperty(CudaDevices.CARD, "1");
    assertThat(CudaDevices.index("2")).isEqualTo(1);
  }

  @Test
  void card_thatIsNoNumber_isRefusedWithItsSetting() {
    assertThatThrownBy(() -> CudaDevices.index("first"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TANDEM_CUDA_DEVICE")
        .hasMessageContaining("\"first\"");
  }

  @Test
  void precisions_ofACard_areThoseOfItsMatrixUnits() {
    for (Precision precision : Precision.values()) {
      assertThat(card(8, 0, "13.0").lacks(precision)).isEmpty();
    }
    assertThat(card(7, 5, "13.0").lacks(Precision.FLOAT32)).isEmpty();
    for (Precision precision : List.of(Precision.TF32, Precision.BF16)) {
      assertThat(card(7, 5, "13.0").lacks(precision))
          .hasValueSatisfying(
              reason ->
                  assertThat(reason)
                      .startsWith("cards have it from capability 8.0 on, and this is ")
                      .endsWith(", capability 7.5"));
    }
  }

  @Test
  void card_olderThanCode_isRefusedWithWhatIsLeft() {
    assertThatThrownBy(() -> CudaDevice.requireFit(card(7, 0, "13.0")))
        .hasMessageContaining("capability 7.0 is too old")
        .hasMessageContaining("7.5 is the least")
        .hasMessageContaining("cpu");
    CudaDevice.requireFit(card(7, 5, "13.0"));
  }

  @Test
  void card_withAnOldDriver_isRefusedWithBothVersions() {
    assertThatThrownBy(() -> CudaDevice.requireFit(card(9, 0, "12.8")))
        .hasMessageContaining("knows CUDA 12.8, and 13.0 is the least")
        .hasMessageContaining("driver 580 or newer");
  }

  @Test
  void allocation_beyondTheCard_saysWhatIsFreeAndHeld() {
    assertThat(
            CudaDevice.outOfMemory(
                card(9, 0, "13.0"), 5000, new long[] {300, 1000}, java.util.List.of(200L, 100L)))
        .contains("no 5000 bytes left", "300 of 1000 are free", "300 are held", "2 pieces")
        .contains("take a smaller batch");
  }

  private static CudaCard card(int major, int minor, String driver) {
    return new CudaCard(0, "NVIDIA X", major, minor, 100, 1000, driver);
  }
}
