package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigTest {

  private final Config config =
      Config.empty()
          .with("units", 3)
          .with("bias", false)
          .with("axes", List.of(1, 2))
          .with("padding", Padding.SAME);

  @Test
  void with_leavesTheOriginalAlone() {
    Config other = config.with("units", 4).with("rate", 0.5);

    assertThat(config.integer("units")).isEqualTo(3);
    assertThat(other.integer("units")).isEqualTo(4);
    assertThat(other.settings().keySet())
        .containsExactly("units", "bias", "axes", "padding", "rate");
  }

  @Test
  void settings_areReadWithOrWithoutAnAlternative() {
    assertThat(config.integer("units", 9)).isEqualTo(3);
    assertThat(config.integer("others", 9)).isEqualTo(9);
    assertThat(config.number("units", 0.5)).isEqualTo(3);
    assertThat(config.number("rate", 0.5)).isEqualTo(0.5);
    assertThat(config.flag("bias", true)).isFalse();
    assertThat(config.flag("scale", true)).isTrue();
    assertThat(config.integers("axes")).containsExactly(1, 2);
    assertThat(config.integers("sizes", List.of(7))).containsExactly(7);
    assertThat(config.<Padding>get("padding", Padding.VALID)).isEqualTo(Padding.SAME);
    assertThat(config.find("padding", Padding.class)).contains(Padding.SAME);
    assertThat(config.find("activation", Activation.class)).isEmpty();
  }

  @Test
  void missing_settingsThatHaveToBeThere_areNamed() {
    assertThatThrownBy(() -> config.integer("rows"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "setting \"rows\" is missing; there are {units=3, bias=false, axes=[1, 2],"
                + " padding=SAME}");
    assertThatThrownBy(() -> config.integers("rows")).isInstanceOf(IllegalStateException.class);
  }
}
