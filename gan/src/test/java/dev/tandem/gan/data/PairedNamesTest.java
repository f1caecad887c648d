package dev.tandem.gan.data;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PairedNamesTest {

  private static ImmutableList<Path> files(String folder, String... names) {
    return Stream.of(names)
        .map(name -> Path.of(folder, name))
        .sorted()
        .collect(ImmutableList.toImmutableList());
  }

  @Test
  void names_ofOtherEndings_pairUp() {
    assertThatCode(
            () ->
                PairedNames.require(
                    files("a", "1.jpg", "1-b.jpg", "2.x.png", "ü.png"),
                    files("b", "1.png", "1-b.tiff", "2.x.jpg", "ü.png")))
        .doesNotThrowAnyException();
  }

  @Test
  void firstName_withoutAPartner_isNamed() {
    assertThatThrownBy(
            () ->
                PairedNames.require(
                    files("a", "1.jpg", "2.jpg", "3.jpg"), files("b", "1.png", "3.png", "4.png")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Path.of("a", "2.jpg") + " (of 3) has no partner in ");
    assertThatThrownBy(
            () -> PairedNames.require(files("a", "1.jpg"), files("b", "1.png", "10.png")))
        .hasMessageContaining(Path.of("b", "10.png") + " (of 2) has no partner in ");
  }

  @Test
  void names_thatDifferInTheirEndingsAlone_areRefused() {
    assertThatThrownBy(
            () -> PairedNames.require(files("a", "1.jpg", "1.png"), files("b", "1.png", "2.png")))
        .hasMessageContaining(Path.of("a", "1.jpg") + " and 1.png have the same");
  }

  @Test
  void endings_thatChangeTheOrder_areRefused() {
    assertThatThrownBy(
            () -> PairedNames.require(files("a", "1.png", "1.b.png"), files("b", "1.a", "1.b.png")))
        .hasMessageContaining("stand in the same place");
  }
}
