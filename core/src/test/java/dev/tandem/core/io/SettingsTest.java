package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tandem.core.activation.Activation;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.initializer.Initializers;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.LayerSettings;
import dev.tandem.core.layer.LayerTypes;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Setting;
import dev.tandem.core.layer.SettingTypes;
import dev.tandem.core.layer.SimpleLayer;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.regularizer.Regularizers;
import dev.tandem.core.tensor.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

class SettingsTest {

  /** A setting of a user's own, with another one inside. */
  record Twice(Activation inner, long count, String note) implements Activation {
    Twice {
      if (count < 0) {
        throw new IllegalArgumentException("count is not at least 0: " + count);
      }
    }

    @Override
    public Value apply(Ops ops, Value x) {
      return inner.apply(ops, inner.apply(ops, x));
    }
  }

  private record Typed(String type) {}

  private record Unregistered(int number) {}

  /** A layer of a user's own. */
  static final class Shift extends SimpleLayer<Shift> {
    static final Setting<Double> BY = Setting.number("by").otherwise(0.0);

    Shift(LayerSettings settings) {
      super(settings);
    }

    @Override
    protected Shape output(Shape input) {
      return input;
    }

    @Override
    protected Value forward(LayerCall forward, Value x) {
      return forward.ops().shift(x, get(BY));
    }
  }

  /** One that nobody registers. */
  static final class Unknown extends SimpleLayer<Unknown> {
    Unknown() {
      super(LayerSettings.none());
    }

    @Override
    protected Shape output(Shape input) {
      return input;
    }

    @Override
    protected Value forward(LayerCall forward, Value x) {
      return x;
    }
  }

  /** One that is registered with a maker that forgets its settings. */
  static final class Forgetful extends SimpleLayer<Forgetful> {
    Forgetful(LayerSettings settings) {
      super(settings);
    }

    @Override
    protected Shape output(Shape input) {
      return input;
    }

    @Override
    protected Value forward(LayerCall forward, Value x) {
      return x;
    }
  }

  @BeforeAll
  static void register() {
    SettingTypes.register("io_test_twice", Twice.class);
    SettingTypes.register("io_test_typed", Typed.class);
    LayerTypes.register("Shift", Shift::new);
    LayerTypes.register("Forgetful", settings -> new Forgetful(LayerSettings.none()));
  }

  @TempDir Path folder;

  private static SettingsWriter writer() {
    return new SettingsWriter(SettingTypes::name, layer -> 0);
  }

  private static Object reread(Object setting) throws JsonProcessingException {
    JsonNode parsed = ManifestText.parse(writer().write(setting).toString());
    return new SettingsReader(index -> null).read(parsed);
  }

  static Stream<Object> settings() {
    return Stream.of(
        3,
        Integer.MIN_VALUE,
        3L,
        Long.MIN_VALUE,
        0.1,
        2.0,
        1e-300,
        Double.MIN_VALUE,
        -0.0,
        Double.NaN,
        Double.NEGATIVE_INFINITY,
        true,
        "",
        "a \"quoted\" \\ line\n",
        List.of(),
        List.of(1, 2, 3),
        List.of(1.0, 2.5),
        List.of(List.of(1), List.of(2)),
        Padding.SAME,
        DataType.BFLOAT16,
        Activations.leakyRelu(0.2),
        Activations.relu(),
        Activations.gelu(),
        Initializers.heNormal(),
        Regularizers.l1l2(0.1, 0.2),
        new Twice(new Twice(Activations.elu(), 1, "x"), Long.MAX_VALUE, ""));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void read_ofAnySetting_givesAnEqualOne(Object setting) throws JsonProcessingException {
    assertThat(reread(setting)).isEqualTo(setting);
  }

  @Test
  void write_ofARecord_isShort() {
    assertThat(writer().write(Activations.leakyRelu(0.2)))
        .hasToString("{\"type\":\"leaky_relu\",\"slope\":0.2}");
    assertThat(writer().write(Padding.SAME))
        .hasToString("{\"type\":\"padding\",\"value\":\"SAME\"}");
  }

  @Test
  void write_ofWhatAFileCannotHold_isRefused() {
    assertThatThrownBy(() -> writer().write(1f))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("java.lang.Float is no number, text, truth value, list, enum");
    assertThatThrownBy(() -> writer().write(new Unregistered(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("register it with SettingTypes.register");
    assertThatThrownBy(() -> writer().write(new Typed("x")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has a component \"type\"; rename it");
  }

  @Test
  void read_ofWhatIsNoSetting_isRefused() throws JsonProcessingException {
    SettingsReader reader = new SettingsReader(index -> null);

    for (String text :
        List.of(
            "{}",
            "{\"type\": \"padding\", \"value\": \"MAYBE\"}",
            "{\"type\": \"leaky_relu\"}",
            "{\"type\": \"leaky_relu\", \"slope\": 7.0}",
            "{\"type\": \"leaky_relu\", \"slope\": \"steep\"}",
            "12345678901234567890")) {
      JsonNode node = ManifestText.parse(text);
      assertThatThrownBy(() -> reader.read(node))
          .as(text)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void save_ofARegisteredLayerAndSetting_canBeLoaded() {
    Activation twice = new Twice(Activations.tanh(), 2, "n");
    Model model =
        Model.sequential(
            "m",
            Input.of("x", 2),
            Dense.units(2).activation(twice).named("d"),
            new Shift(LayerSettings.of(Shift.BY, 0.5)).named("s"));
    ModelFile.save(model, folder.resolve("m"));

    Model loaded = ModelFile.load(folder.resolve("m"));

    assertThat(loaded.layer("s")).isInstanceOf(Shift.class);
    assertThat(((Dense) loaded.layer("d")).settings().values()).containsEntry("activation", twice);
  }

  @Test
  void save_ofALayerThatIsNotRegistered_isRefused() {
    Model model = Model.sequential("m", Input.of("x", 2), new Unknown().named("u"));

    assertThatThrownBy(() -> ModelFile.save(model, folder.resolve("m")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Unknown \"u\" cannot be saved in a model file: it is of a type that is not"
                + " registered; save the weights alone, with Weights.save, or register it with"
                + " LayerTypes.register");
    assertThat(folder.resolve("m")).doesNotExist();
  }

  @Test
  void save_ofALayerThatWouldComeBackChanged_isRefused() {
    Model model =
        Model.sequential(
            "m",
            Input.of("x", 2),
            new Forgetful(LayerSettings.of(Setting.integer("kept"), 1)).named("f"));

    assertThatThrownBy(() -> ModelFile.save(model, folder.resolve("m")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be saved, since loading would make {")
        .hasMessageContaining("\"config\":{\"kept\":1}");
    assertThat(folder.resolve("m")).doesNotExist();
  }

  @Test
  void load_ofALayerThatIsNotKnownHere_isRefused() throws IOException {
    ModelFile.save(Nets.chain("m", 1), folder.resolve("m"));
    Forgery.of(folder.resolve("m"), text -> text.replace("\"Dense\"", "\"Mystery\""));

    assertThatThrownBy(() -> ModelFile.load(folder.resolve("m")))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("there is no layer type \"Mystery\"")
        .hasMessageContaining("LayerTypes.register adds others; nothing was loaded");
  }
}
