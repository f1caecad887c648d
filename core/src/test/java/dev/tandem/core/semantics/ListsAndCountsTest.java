package dev.tandem.core.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.Operation;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Concatenate;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.LSTM;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.MaxPooling2D;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.model.Model;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which weights are trainable, and how many numbers they hold. */
class ListsAndCountsTest {

  private static final boolean ON = true;
  private static final boolean OFF = false;

  /** As a drawing or as a chain: the same model. */
  private static Model draw(boolean sequential, String name, Input input, Operation part) {
    if (sequential) {
      return Model.sequential(name, input, part);
    }
    SymbolicTensor output =
        part instanceof Model model ? model.apply(input) : ((Layer) part).apply(input);
    return Model.of(name, input, output);
  }

  private static void assertWeights(Model model, int trainable, int nonTrainable) {
    assertThat(model.trainableWeights()).hasSize(trainable);
    assertThat(model.nonTrainableWeights()).hasSize(nonTrainable);
    assertThat(model.weights()).hasSize(trainable + nonTrainable);
  }

  private static void assertParams(Model model, long trainable, long nonTrainable) {
    assertThat(model.countTrainableParams()).isEqualTo(trainable);
    assertThat(model.countNonTrainableParams()).isEqualTo(nonTrainable);
    assertThat(model.countParams()).isEqualTo(trainable + nonTrainable);
  }

  @ParameterizedTest(name = "{displayName} [sequential: {0}]")
  @DisplayName("case 1: flags of a model of one layer")
  @ValueSource(booleans = {false, true})
  void oneLayer_flagsSwitched_weightsFollow(boolean sequential) {
    Dense dense = Dense.units(1);
    Model model = draw(sequential, "m", Input.of("x", 2), dense);
    assertWeights(model, 2, 0);

    model.setTrainable(OFF);
    assertWeights(model, 0, 2);

    model.setTrainable(ON);
    assertWeights(model, 2, 0);

    dense.setTrainable(OFF);
    assertWeights(model, 0, 2);
  }

  @Test
  @DisplayName("case 2: a layer frozen at construction")
  void layer_frozenAtConstruction_countsAsNonTrainable() {
    Dense dense = Dense.units(10).trainable(OFF);
    Model model = Model.sequential("m", Input.of("x", 100), dense);
    assertParams(model, 0, 1_010);

    dense.setTrainable(ON);
    assertParams(model, 1_010, 0);
  }

  @Test
  @DisplayName("case 3: batch normalization's state is never trainable")
  void batchNormalization_behindALayer_countsStateAsNonTrainable() {
    Model model =
        Model.sequential("m", Input.of("x", 100), Dense.units(10), BatchNormalization.of());
    assertParams(model, 1_030, 20);

    Model alone = Model.sequential("alone", Input.of("x", 10), BatchNormalization.of());
    assertParams(alone, 20, 20);
  }

  @ParameterizedTest(name = "{displayName} [sequential: inner {0}, outer {1}]")
  @DisplayName("case 4: a nested model's flag and its layer's")
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void nestedModel_flagsSwitched_outerWeightsFollow(boolean innerChain, boolean outerChain) {
    Dense dense = Dense.units(2);
    Model inner = draw(innerChain, "inner", Input.of("x", 1), dense);
    Model outer = draw(outerChain, "outer", Input.of("y", 1), inner);
    assertWeights(outer, 2, 0);
    assertParams(outer, 4, 0);

    inner.setTrainable(OFF);
    assertWeights(outer, 0, 2);
    assertThat(dense.isTrainable()).isTrue();

    inner.setTrainable(ON);
    dense.setTrainable(OFF);
    assertWeights(outer, 0, 2);
  }

  @Test
  @DisplayName("case 5: a nested model before a layer")
  void nestedModel_beforeALayer_countsByItsFlag() {
    Model inner = Model.sequential("inner", Input.of("x", 20), Dense.units(10));
    Model outer = Model.sequential("outer", Input.of("y", 20), inner, Dense.units(2));
    assertWeights(outer, 4, 0);
    assertParams(outer, 232, 0);

    inner.setTrainable(OFF);
    assertWeights(outer, 2, 2);
    assertParams(outer, 22, 210);

    inner.setTrainable(ON);
    assertWeights(outer, 4, 0);
  }

  @Test
  @DisplayName("case 6: a model's flag leaves its layers' flags alone")
  void modelFlag_switchedOffAndOn_givesBackWhatWasThere() {
    Model model =
        Model.sequential(
            "m", Input.of("x", 2, 5), Flatten.of(), Dense.units(3).trainable(OFF), Dense.units(1));
    assertThat(layerFlags(model)).containsExactly(true, false, true);
    assertParams(model, 4, 33);

    model.setTrainable(OFF);
    assertThat(layerFlags(model)).containsExactly(true, false, true);
    assertParams(model, 0, 37);

    model.setTrainable(ON);
    assertThat(layerFlags(model)).containsExactly(true, false, true);
    assertParams(model, 4, 33);
  }

  private static List<Boolean> layerFlags(Model model) {
    return model.layers().stream()
        .filter(Layer.class::isInstance)
        .map(layer -> ((Layer) layer).isTrainable())
        .toList();
  }

  @Test
  @DisplayName("case 7: a model's and a layer's flag in turn")
  void flags_switchedInTurn_gateTogether() {
    Dense first = Dense.units(3);
    Model model = Model.sequential("m", Input.of("x", 4), first, Dense.units(1));
    assertThat(model.trainableWeights()).hasSize(4);
    first.setTrainable(OFF);
    assertThat(model.trainableWeights()).hasSize(2);
    model.setTrainable(OFF);
    assertThat(model.trainableWeights()).isEmpty();
    model.setTrainable(ON);
    assertThat(model.trainableWeights()).hasSize(2);
    first.setTrainable(ON);
    assertThat(model.trainableWeights()).hasSize(4);
    model.setTrainable(OFF);
    assertThat(model.trainableWeights()).isEmpty();
  }

  @Test
  @DisplayName("case 8: batch normalization over four features")
  void batchNormalization_variants_countsByFlagAndSettings() {
    BatchNormalization norm = BatchNormalization.of();
    Model model = Model.sequential("m", Input.of("x", 4), norm);
    assertWeights(model, 2, 2);
    norm.setTrainable(OFF);
    assertWeights(model, 0, 4);

    BatchNormalization plain = BatchNormalization.of().scale(false).center(false);
    assertWeights(Model.sequential("plain", Input.of("x", 4), plain), 0, 2);
  }

  @Test
  @DisplayName("case 9: LSTM and a time-distributed layer")
  void lstm_beforeATimeDistributedLayer_counts() {
    LSTM lstm = LSTM.units(40).returnSequences(true);
    TimeDistributed last = TimeDistributed.of(Dense.units(501));
    Model model = Model.sequential("m", Input.of("x", 3, 501), lstm, last);
    assertThat(params(lstm)).isEqualTo(86_720);
    assertThat(params(last)).isEqualTo(20_541);
    assertParams(model, 107_261, 0);

    last.setTrainable(OFF);
    assertParams(model, 86_720, 20_541);
  }

  private static long params(Layer layer) {
    return layer.weights().stream().mapToLong(weight -> weight.length()).sum();
  }

  @Test
  @DisplayName("case 10: VGG16 without its top")
  void vgg16_withoutItsTop_counts() {
    Input image = Input.of("image", 224, 224, 3);
    SymbolicTensor x = image;
    int[][] blocks = {{64, 64}, {128, 128}, {256, 256, 256}, {512, 512, 512}, {512, 512, 512}};
    for (int[] block : blocks) {
      for (int filters : block) {
        x = Conv2D.filters(filters).kernel(3).padding(Padding.SAME).apply(x);
      }
      x = MaxPooling2D.window(2).apply(x);
    }
    Model model = Model.of("vgg16", image, x);

    assertThat(x.shape().toArray()).containsExactly(-1, 7, 7, 512);
    assertWeights(model, 26, 0);
    assertParams(model, 14_714_688, 0);
  }

  @Test
  @DisplayName("case 11: a siamese model counts its shared layer once")
  void siamese_sharedLayer_isListedAndCountedOnce() {
    Input a = Input.of("a", 32);
    Input b = Input.of("b", 32);
    Dense shared = Dense.units(16);
    SymbolicTensor merged = Concatenate.of().apply(shared.apply(a), shared.apply(b));
    SymbolicTensor wide = Dense.units(64).apply(merged);
    SymbolicTensor narrow = Dense.units(5).apply(wide);
    Model model = Model.of("siamese", List.of(a, b), List.of(wide, narrow));

    assertThat(model.inputs().size() + model.layers().size()).isEqualTo(6);
    assertThat(model.layers()).containsOnlyOnce(shared);
    assertParams(model, 2_965, 0);
    assertThat(model.weights()).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  @DisplayName("case 12: freezing one of two models over one layer")
  void sharedLayer_oneModelFrozen_otherIsUnchanged() {
    Dense shared = Dense.units(4);
    Model first = Model.sequential("m1", Input.of("x", 3), shared, Dense.units(1));
    Model second = Model.sequential("m2", Input.of("y", 3), shared, Dense.units(1));
    var before = second.trainableWeights();

    first.setTrainable(OFF);

    assertThat(shared.isTrainable()).isTrue();
    assertThat(first.trainableWeights()).isEmpty();
    assertThat(second.trainableWeights()).isEqualTo(before).hasSize(4);
  }

  @Test
  @DisplayName("case 13: a model built from another's tensors does not ask for its flag")
  void innerFlag_modelBuiltFromItsTensors_doesNotApply() {
    Input x = Input.of("x", 3);
    Model inner = Model.of("inner", x, Dense.units(5).apply(x));
    Dense last = Dense.units(5);
    Model fromTensors = Model.of("tensors", x, last.apply(inner.output()));
    Input y = Input.of("y", 3);
    Model called = Model.of("called", y, last.apply(inner.apply(y)));

    inner.setTrainable(OFF);

    assertWeights(fromTensors, 4, 0);
    assertParams(fromTensors, 50, 0);
    assertWeights(called, 2, 2);
    assertParams(called, 30, 20);
  }
}
