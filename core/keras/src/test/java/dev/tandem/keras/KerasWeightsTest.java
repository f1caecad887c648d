package dev.tandem.keras;

import static dev.tandem.core.activation.Activations.hardSigmoid;
import static dev.tandem.core.activation.Activations.relu;
import static dev.tandem.core.activation.Activations.swish;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.LSTM;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Weights of Keras go into models that are written in Java, by name or by order, or not at all. */
class KerasWeightsTest {

  @ParameterizedTest
  @CsvSource({
    "convnet, .weights.h5, .keras",
    "convnet, _legacy.weights.h5, .keras",
    "convnet, .keras, .keras",
    "convnet, .h5, .keras",
    "nested, .weights.h5, .keras",
    "nested, _legacy.weights.h5, .h5",
  })
  void weights_ofEachFormat_goByNameIntoAModelOfTheSameNames(
      String name, String ending, String drawn) {
    Model model = KerasFile.read(Fixtures.file(name + drawn)).model().copy("mine");
    model.initialize(7);

    KerasReport report = KerasWeights.load(Fixtures.file(name + ending), model);

    Fixtures.assertPredicts(model, name, false);
    long loaded = report.layers().stream().mapToLong(row -> row.weights().size()).sum();
    assertThat(loaded).isEqualTo(model.weights().size());
  }

  /** The net of the fixture, written in Java; the layers that Keras calls steps and last_axis. */
  private static Model sequence(String prefix, double gates) {
    Input words = Input.of("words", Shape.of(6), DataType.INT32);
    return Model.sequential(
        "mine",
        words,
        Embedding.of(11, 4).named(prefix + "words_of"),
        LSTM.units(5).returnSequences(true).named(prefix + "lstm1"),
        TimeDistributed.of(Dense.units(3).activation(relu())).named(prefix + "steps"),
        TimeDistributed.of(Dense.units(4).activation(swish())).named(prefix + "last_axis"),
        LSTM.units(3).recurrentActivation(hardSigmoid(gates)).named(prefix + "lstm2"),
        Dense.units(2).named(prefix + "out"));
  }

  @ParameterizedTest
  @CsvSource({"_legacy.weights.h5, false", ".h5, true"})
  void aModelWrittenInJava_takesLegacyWeights(String ending, boolean keras2) {
    Model byName = sequence("", keras2 ? 0.2 : 1 / 6.);
    Model byOrder = sequence("my_", keras2 ? 0.2 : 1 / 6.);

    KerasWeights.load(Fixtures.file("sequence" + ending), byName);
    KerasReport report = KerasWeights.loadByOrder(Fixtures.file("sequence" + ending), byOrder);

    Fixtures.assertPredicts(byName, "sequence", keras2);
    Fixtures.assertPredicts(byOrder, "sequence", keras2);
    assertThat(report.layer("my_lstm2").weights().get(0).array())
        .endsWith("lstm2/lstm_cell/kernel:0");
  }

  @ParameterizedTest
  @CsvSource({".weights.h5", ".keras"})
  void aModelWrittenInJava_takesWeightsOfKeras3(String ending) {
    Model byName = sequence("", 1 / 6.);
    Model byOrder = sequence("my_", 1 / 6.);

    KerasWeights.load(Fixtures.file("sequence" + ending), byName);
    KerasReport report = KerasWeights.loadByOrder(Fixtures.file("sequence" + ending), byOrder);

    Fixtures.assertPredicts(byName, "sequence", false);
    Fixtures.assertPredicts(byOrder, "sequence", false);
    assertThat(report.toString())
        .contains("my_lstm2")
        .contains("kernel (4, 12) from layers/lstm_1/cell/vars/0");
  }

  @Test
  void aFileWrittenOnWindows_isLoadedByOrder() {
    Model model = sequence("my_", 1 / 6.);

    KerasWeights.loadByOrder(Fixtures.file("sequence_windows.weights.h5"), model);

    Fixtures.assertPredicts(model, "sequence", false);
  }

  @Test
  void anyMismatch_namesEverything_andChangesNothing() {
    Input x = Input.of("words", Shape.of(6), DataType.INT32);
    Model model =
        Model.sequential(
            "mine",
            x,
            Embedding.of(11, 4).named("words_of"),
            LSTM.units(8).named("lstm1"),
            Dense.units(2).named("head"));
    model.initialize(3);
    List<INDArray> before = model.weights().stream().map(Weight::values).toList();

    assertThatThrownBy(() -> KerasWeights.load(Fixtures.file("sequence.weights.h5"), model))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("weights do not fit; nothing was loaded")
        .hasMessageContaining("\"layers/lstm/cell/vars/0\" is (4, 20) and lstm1/kernel is (4, 32)")
        .hasMessageContaining("there is no array for head/kernel, head/bias")
        .hasMessageContaining("there is no weight for \"layers/dense/vars/0\" (3, 4)")
        .hasMessageContaining("KerasWeights.loadMatching");
    assertThatThrownBy(() -> KerasWeights.loadByOrder(Fixtures.file("sequence.h5"), model))
        .hasMessageContaining("there are 6 layers with weights in the file")
        .hasMessageContaining("3 here, [words_of, lstm1, head]");
    assertThatThrownBy(() -> KerasWeights.loadMatching(Fixtures.file("sequence.h5"), model))
        .hasMessageContaining("lstm1/kernel is (4, 32)");

    for (int i = 0; i < before.size(); i++) {
      assertThat(model.weights().get(i).values()).isEqualTo(before.get(i));
    }
  }

  @Test
  void matchingLayers_areLoaded_andTheOthersNamed() {
    Input x = Input.of("words", Shape.of(6), DataType.INT32);
    Model model =
        Model.sequential(
            "mine",
            x,
            Embedding.of(11, 4).named("words_of"),
            LSTM.units(5).named("lstm1"),
            Dense.units(9).named("head"));
    model.initialize(3);
    INDArray head = model.weight("head/kernel").values();

    KerasReport report = KerasWeights.loadMatching(Fixtures.file("sequence.keras"), model);

    assertThat(report.layers()).hasSize(2);
    assertThat(report.allNotes())
        .anySatisfy(n -> assertThat(n).isEqualTo("left as they are: head/kernel, head/bias"))
        .anySatisfy(n -> assertThat(n).startsWith("not taken from the file: layers/dense/vars/0"));
    assertThat(model.weight("head/kernel").values()).isEqualTo(head);
    Model whole = KerasFile.read(Fixtures.file("sequence.keras")).model();
    assertThat(model.weight("lstm1/bias").values()).isEqualTo(whole.weight("lstm1/bias").values());
  }

  @Test
  void aModelWithoutACommonName_isToldSo() {
    Model model = Model.sequential("mine", Input.of("x", 3), Dense.units(2).named("other"));

    assertThatThrownBy(() -> KerasWeights.loadMatching(Fixtures.file("nested.h5"), model))
        .hasMessageContaining("no layer of Model \"mine\" has a name that is in the file");
  }
}
