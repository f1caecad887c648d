package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableMap;
import dev.tandem.core.activation.Activation;
import dev.tandem.core.tensor.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class LayerSettingsTest {

  private static final Setting<Integer> UNITS =
      Setting.integer("units").called("number of units").checked(Check::positive);
  private static final Setting<Boolean> BIAS = Setting.flag("bias").otherwise(true);
  private static final Setting<Double> RATE = Setting.number("rate").otherwise(0.5);
  private static final Setting<List<Integer>> AXES = Setting.integers("axes");
  private static final Setting<Padding> PADDING =
      Setting.of("padding", Padding.class).otherwise(Padding.VALID);
  private static final Setting<Activation> ACTIVATION = Setting.of("activation", Activation.class);

  private final LayerSettings settings =
      LayerSettings.of(UNITS, 3)
          .with(BIAS, false)
          .with(AXES, List.of(1, 2))
          .with(PADDING, Padding.SAME);

  private static LayerSettings fromFile(String key, Object value) {
    return new LayerSettings(ImmutableMap.of(key, value));
  }

  @Test
  void with_leavesTheOriginalAlone() {
    LayerSettings other = settings.with(UNITS, 4).with(RATE, 0.25);

    assertThat(settings.get(UNITS)).isEqualTo(3);
    assertThat(other.get(UNITS)).isEqualTo(4);
    assertThat(other.values().keySet()).containsExactly("units", "bias", "axes", "padding", "rate");
  }

  @Test
  void settings_areReadOrWhatHoldsWithoutThem() {
    assertThat(settings.get(BIAS)).isFalse();
    assertThat(LayerSettings.none().get(BIAS)).isTrue();
    assertThat(settings.get(RATE)).isEqualTo(0.5);
    assertThat(settings.get(AXES)).containsExactly(1, 2);
    assertThat(settings.get(PADDING)).isEqualTo(Padding.SAME);
    assertThat(LayerSettings.none().find(PADDING)).contains(Padding.VALID);
    assertThat(settings.find(ACTIVATION)).isEmpty();
  }

  @Test
  void missing_settingsThatHaveToBeThere_areNamed() {
    assertThatThrownBy(() -> settings.get(Setting.integer("rows")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "setting \"rows\" is missing; there are {units=3, bias=false, axes=[1, 2],"
                + " padding=SAME}");
    assertThatThrownBy(() -> settings.get(ACTIVATION)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void list_givenAsASetting_isCopied() {
    List<Integer> axes = new ArrayList<>(List.of(1, 2));
    LayerSettings one = LayerSettings.of(AXES, axes);

    axes.add(3);

    assertThat(one.get(AXES)).containsExactly(1, 2);
  }

  @Test
  void numbers_ofFiles_areReadAsTheTypeOfTheSetting() {
    assertThat(fromFile("rate", 1).get(RATE)).isEqualTo(1.0);
    assertThat(fromFile("units", 7L).get(UNITS)).isEqualTo(7);
    assertThat(fromFile("units", 7.0).get(UNITS)).isEqualTo(7);
  }

  @Test
  void null_isRefusedByName() {
    assertThatThrownBy(() -> settings.with(ACTIVATION, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("activation is null; give a value, or leave it out");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(UNITS, 0, "number of units is not at least 1: 0"),
        Arguments.of(UNITS, 2.5, "number of units is not an integer: 2.5"),
        Arguments.of(UNITS, 1L << 40, "number of units is not an integer: 1099511627776"),
        Arguments.of(UNITS, "many", "number of units is not an integer: many"),
        Arguments.of(BIAS, 1, "bias is not a truth value: 1"),
        Arguments.of(RATE, true, "rate is not a number: true"),
        Arguments.of(AXES, 1, "axes is not a list of integers: 1"),
        Arguments.of(AXES, List.of("x"), "axes is not a list of integers: [x]"),
        Arguments.of(PADDING, "SAME", "padding is not of type Padding: SAME"),
        Arguments.of(ACTIVATION, DataType.FLOAT, "activation is not of type Activation: FLOAT"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void valueOfAFile_thatDoesNotFit_isRefused(Setting<?> setting, Object value, String message) {
    LayerSettings read = fromFile(setting.key(), value);

    assertThatThrownBy(() -> read.get(setting))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
