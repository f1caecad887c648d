package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.graph.Input;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Kinds of layers and settings by name, and copies. */
class RegistriesTest {

  /** What a test here adds to the kinds of layers. */
  static final String REGISTERED = "Doubling";

  /** A user's layer, all its settings. */
  static final class Doubling extends SimpleLayer<Doubling> {
    static final Setting<Double> FACTOR = Setting.number("factor").otherwise(2.0);

    Doubling(LayerSettings settings) {
      super(settings);
    }

    @Override
    protected Shape output(Shape input) {
      return input;
    }

    @Override
    protected Value forward(LayerCall forward, Value x) {
      return forward.ops().scale(x, get(FACTOR));
    }
  }

  /** A user's layer that nobody can make again. */
  static final class Custom extends Layer {
    @Override
    protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
      return inputs;
    }

    @Override
    protected List<Value> forward(LayerCall forward, List<Value> inputs) {
      return inputs;
    }
  }

  /** A user's activation. */
  record Cube(double factor) implements Activation {
    @Override
    public Value apply(Ops ops, Value x) {
      return ops.scale(ops.power(x, 3), factor);
    }
  }

  @Test
  void register_makesAUsersLayerLikeTheStandardOnes() {
    LayerTypes.register(REGISTERED, Doubling::new);
    LayerSettings settings = LayerSettings.of(Doubling.FACTOR, 3.0);

    Layer made = new LayerSpec("Doubling", "mine", false, settings).make();

    assertThat(made).isInstanceOf(Doubling.class).hasToString("Doubling \"mine\"");
    assertThat(made.isTrainable()).isFalse();
    assertThat(((Doubling) LayerTypes.copy(made)).settings()).isEqualTo(settings);
    assertThatThrownBy(() -> LayerTypes.register(REGISTERED, Doubling::new))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("layer type \"Doubling\" is registered already");
  }

  @Test
  void make_ofAnUnknownType_namesThoseThereAre() {
    assertThatThrownBy(() -> LayerTypes.make("Dens", LayerSettings.none()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("there is no layer type \"Dens\"; there are [ActivationLayer,")
        .hasMessageEndingWith("and LayerTypes.register adds others");
  }

  @Test
  void copy_ofAnUnknownLayer_saysWhatToDo() {
    Layer custom = new Custom().named("mine");

    assertThatThrownBy(() -> LayerTypes.copy(custom))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "Custom \"mine\" cannot be copied; override unbuilt(...) in Custom or let it extend"
                + " StandardLayer and register it with LayerTypes");
  }

  @Test
  void describe_ofCode_isRefused() {
    Lambda lambda = Lambda.of("mine", (ops, in) -> in.get(0));

    assertThatThrownBy(() -> LayerSpec.of(lambda))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Lambda \"mine\" is code and cannot be described in a file; save its weights alone, or"
                + " write a StandardLayer for it");
  }

  @Test
  void copies_ofASharedLayer_areShared() {
    Dense inner = Dense.units(2).named("inner");
    TimeDistributed first = TimeDistributed.of(inner).named("first");
    TimeDistributed second = TimeDistributed.of(inner).named("second");
    LayerCopies copies = new LayerCopies();

    TimeDistributed copied = (TimeDistributed) copies.of(first);

    assertThat(copied).isNotSameAs(first).isSameAs(copies.of(first));
    assertThat(copied.wrapped()).isNotSameAs(inner).isSameAs(copies.of(inner));
    assertThat(((TimeDistributed) copies.of(second)).wrapped()).isSameAs(copied.wrapped());
  }

  @Test
  void settingTypes_knowTheirNamesBothWays() {
    for (String name : SettingTypes.names()) {
      assertThat(SettingTypes.name(SettingTypes.type(name))).isEqualTo(name);
    }
    assertThat(SettingTypes.names())
        .contains("relu", "leaky_relu", "orthogonal", "l1_l2", "padding", "layer");
  }

  @Test
  void settingTypes_coverTheSettingsOfEverySample() {
    for (LayerSample sample : LayerSamples.all()) {
      if (sample.layer() instanceof StandardLayer<?> layer) {
        layer.settings().values().values().forEach(RegistriesTest::assertKnown);
      }
    }
  }

  private static void assertKnown(Object value) {
    if (value instanceof LayerSpec spec) {
      spec.settings().values().values().forEach(RegistriesTest::assertKnown);
    } else if (value instanceof Record || value instanceof Enum<?>) {
      assertThat(SettingTypes.name(value.getClass())).isNotEmpty();
    } else {
      assertThat(value).isInstanceOfAny(Number.class, String.class, Boolean.class, List.class);
    }
  }

  @Test
  void settingTypes_takeUsersRecordsOnly() {
    assertThatThrownBy(() -> SettingTypes.name(Cube.class))
        .hasMessage(
            "dev.tandem.core.layer.RegistriesTest$Cube has no name for files; use a record and"
                + " register it with SettingTypes.register");

    SettingTypes.register("cube", Cube.class);

    assertThat(SettingTypes.type("cube")).isEqualTo(Cube.class);
    assertThatThrownBy(() -> SettingTypes.register("cube", Padding.class))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> SettingTypes.register("custom", Custom.class))
        .hasMessageEndingWith("is neither a record nor an enum");
    assertThatThrownBy(() -> SettingTypes.type("cub"))
        .hasMessageStartingWith("there is no setting type \"cub\"; there are [capped_relu, constant,");
  }

  @Test
  void layerTypes_areTheNamesOfTheClasses() {
    for (LayerSample sample : LayerSamples.all()) {
      Layer layer = sample.layer();
      if (layer instanceof StandardLayer<?> standard) {
        assertThat(LayerTypes.make(layer.typeName(), standard.settings())).hasSameClassAs(layer);
      }
    }
  }

  @Test
  void layer_withoutAName_isNamedAfterItsType() {
    assertThat(Conv2DTranspose.filters(1).name()).matches("conv2d_transpose(_\\d+)?");
    assertThat(GlobalMaxPooling2D.of().name()).matches("global_max_pooling2d(_\\d+)?");
    assertThat(PRelu.of().name()).matches("prelu(_\\d+)?");
    assertThat(BatchNormalization.of().name()).matches("batch_normalization(_\\d+)?");
    assertThat(LSTM.units(1).name()).matches("lstm(_\\d+)?");
  }

  @Test
  void setting_afterTheFirstCall_isRefused() {
    Dense layer = Dense.units(1).named("d");
    layer.apply(Input.of("x", 2));

    assertThatThrownBy(() -> layer.bias(false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Dense \"d\" was called already; set \"bias\" before its first call");
    assertThatThrownBy(() -> layer.named("e"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("Dense \"d\" is already in use under this name");
  }
}
