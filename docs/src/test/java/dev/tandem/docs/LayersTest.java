package dev.tandem.docs;

import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.tanh;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.Bidirectional;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.GlobalAveragePooling1D;
import dev.tandem.core.layer.LSTM;
import dev.tandem.core.layer.LayerCall;
import dev.tandem.core.layer.LayerSettings;
import dev.tandem.core.layer.LayerTypes;
import dev.tandem.core.layer.Setting;
import dev.tandem.core.layer.SimpleLayer;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.Value;
import dev.tandem.core.tensor.Check;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The page on layers. */
class LayersTest {

  // region own
  /** Any float input times a factor, to the same shape. No weights. */
  public static final class Scale extends SimpleLayer<Scale> {

    private static final Setting<Double> FACTOR = Setting.number("factor").otherwise(1.0);

    Scale(LayerSettings settings) {
      super(settings);
    }

    public static Scale of() {
      return new Scale(LayerSettings.none());
    }

    /** What inputs are multiplied by; 1 unless set. */
    public Scale factor(double factor) {
      return set(FACTOR, factor);
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

  // endregion

  @Test
  void settings_giveOtherLayers() {
    // region values
    Dense base = Dense.units(8);
    Dense first = base.activation(relu()).named("first"); // base is still without both
    Dense second = base.activation(tanh()).named("second");

    Input x = Input.of("x", 4);
    SymbolicTensor once = first.apply(x); // from here on first is one object with weights
    SymbolicTensor again = first.apply(x); // the same weights
    Model model = Model.of("m", x, Add.of().apply(once, again, second.apply(x)));
    // endregion

    assertThat(model.weights()).hasSize(4);
    assertThat(base.isBuilt()).isFalse();
    assertThatThrownBy(() -> first.bias(false)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void ownLayer_isSetAndCopied() {
    // region register
    LayerTypes.register("Scale", Scale::new);
    // endregion
    Scale scale = Scale.of().factor(3);
    Model model = Model.sequential("m", Input.of("x", 2), scale);

    assertThat(LayerTypes.copy(scale)).isInstanceOf(Scale.class);
    try (Predictor predictor = Predictor.of(model.copy("copy"))) {
      INDArray y = predictor.predict(Nd4j.createFromArray(new float[][] {{1, 2}}));
      assertThat(y.dataType()).isEqualTo(DataType.FLOAT);
      assertThat(y.toFloatVector()).containsExactly(3, 6);
    }
  }

  @Test
  void ownLayer_withARule_refusesOtherValues() {
    // region rule
    Setting<Integer> groups =
        Setting.integer("groups").called("number of groups").checked(Check::positive);
    // endregion

    assertThatThrownBy(() -> LayerSettings.of(groups, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("number of groups is not at least 1: 0");
  }

  @Test
  void masks_goAlongToLossesAndEndInPooling() {
    // region masks
    Input words = Input.of("words", Shape.of(12), DataType.INT32); // 0 is padding
    SymbolicTensor x = Embedding.of(1000, 16).maskZero(true).apply(words);
    x = Bidirectional.of(LSTM.units(8).returnSequences(true)).apply(x);
    SymbolicTensor tags = Dense.units(5).named("tags").apply(x); // the mask goes on
    SymbolicTensor text = GlobalAveragePooling1D.of().apply(x); // the mean over words
    Model tagger = Model.of("tagger", List.of(words), List.of(tags, Dense.units(2).apply(text)));
    // endregion
    assertThat(tagger.outputs().values().stream().map(SymbolicTensor::isMasked).toList())
        .containsExactly(true, false);
  }
}
