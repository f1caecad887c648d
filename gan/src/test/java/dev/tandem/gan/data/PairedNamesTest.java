package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedNamesTest {

  private static void require(List<String> first, List<String> second) {
    PairedNames.require("a", first, "b", second);
  }

  @Test
  void names_ofOtherEndings_pairUp() {
    assertThatCode(
            () ->
                require(
                    List.of("1-b.jpg", "1.jpg", "2.x.png", "sub/%C3%BC.png"),
                    List.of("1-b.tiff", "1.png", "2.x.jpg", "sub/%C3%BC.png")))
        .doesNotThrowAnyException();
  }

  @Test
  void firstName_withoutAPartner_isNamed() {
    assertThatThrownBy(
            () ->
                require(
                    List.of("1.jpg", "%C3%BC.jpg", "3.jpg"), List.of("1.png", "3.png", "4.png")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ü.jpg of a (3) has no partner in b (3)");
    assertThatThrownBy(() -> require(List.of("1.jpg"), List.of("1.png", "10.png")))
        .hasMessageContaining("10.png of b (2) has no partner in a (1)");
  }

  @Test
  void names_thatDifferInTheirEndingsAlone_areRefused() {
    assertThatThrownBy(() -> require(List.of("1.jpg", "1.png"), List.of("1.png", "2.png")))
        .hasMessageContaining("1.jpg and 1.png of a have the same");
  }

  @Test
  void endings_thatChangeTheOrder_areRefused() {
    assertThatThrownBy(() -> require(List.of("1.b.png", "1.png"), List.of("1.a", "1.b.png")))
        .hasMessageContaining("stand in the same place");
  }
}
