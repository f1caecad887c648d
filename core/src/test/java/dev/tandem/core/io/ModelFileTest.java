package dev.tandem.core.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.activation.Activation;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.LayerSample;
import dev.tandem.core.layer.LayerSamples;
import dev.tandem.core.layer.StandardLayer;
import dev.tandem.core.layer.TimeDistributed;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.train.Predictor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;

class ModelFileTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("net");
  }

  private Model saved(Model model) {
    ModelFile.save(model, file());
    return ModelFile.load(file());
  }

  static Stream<LayerSample> layers() {
    return LayerSamples.all().stream().filter(sample -> sample.layer() instanceof StandardLayer);
  }

  static Stream<LayerSample> code() {
    return LayerSamples.all().stream().filter(sample -> !(sample.layer() instanceof StandardLayer));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void load_ofAnyLayer_givesTheSameLayer(LayerSample sample) {
    Model model = sample.model("m", sample.layer()).initialize(3);

    Model loaded = saved(model);

    Layer layer = (Layer) model.graph().nodes().get(0).operation();
    Layer copy = (Layer) loaded.graph().nodes().get(0).operation();
    assertThat(copy).isExactlyInstanceOf(layer.getClass()).hasToString(layer.toString());
    assertThat(copy.isTrainable()).isEqualTo(layer.isTrainable());
    assertThat(((StandardLayer<?>) copy).settings())
        .isEqualTo(((StandardLayer<?>) layer).settings());
    assertThat(Nets.values(loaded)).isEqualTo(Nets.values(model));
    assertSamePredictions(model, loaded, sample.values(5, 3));
  }

  private static void assertSamePredictions(Model model, Model other, List<INDArray> inputs) {
    Map<String, INDArray> named = new LinkedHashMap<>();
    for (String name : model.inputs().keySet()) {
      named.put(name, inputs.get(named.size()));
    }
    try (Predictor one = Predictor.of(model);
        Predictor two = Predictor.of(other)) {
      Map<String, INDArray> expected = one.predict(named);
      Map<String, INDArray> got = two.predict(named);
      assertThat(got.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (name, array) -> assertThat(Nets.values(got.get(name))).isEqualTo(Nets.values(array)));
    }
  }

  @ParameterizedTest
  @MethodSource("code")
  void save_ofALayerThatIsCode_isRefusedBeforeAnythingIsWritten(LayerSample sample) {
    Layer layer = sample.layer();
    Model model = sample.model("m", layer);

    assertThatThrownBy(() -> ModelFile.save(model, file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(layer + " cannot be saved in a model file: it is code")
        .hasMessageContaining("save the weights alone, with Weights.save");
    assertThat(file()).doesNotExist();
  }

  @Test
  void load_ofNestedModels_keepsThemAndWhatTheyShare() {
    Model gan = Nets.gan(Nets.generator(1), Nets.discriminator(2));

    Model loaded = saved(gan);

    assertThat(Nets.values(loaded)).isEqualTo(Nets.values(gan));
    assertThat(loaded.model("discriminator").layer("dropout")).isNotNull();
    assertSamePredictions(gan, loaded, List.of(Nets.numbers(1, 5, 4)));
  }

  @Test
  void load_ofASharedLayer_sharesItAgain() {
    Model siamese = Nets.siamese(1);

    Model loaded = saved(siamese);

    assertThat(loaded.outputs(loaded.layer("shared"))).hasSize(2);
    assertThat(loaded.countParams()).isEqualTo(siamese.countParams());
    assertThat(loaded.inputs().keySet()).containsExactly("left", "right");
    assertThat(loaded.outputs().keySet()).containsExactly("near", "kind");
    assertSamePredictions(siamese, loaded, List.of(Nets.numbers(1, 2, 3), Nets.numbers(2, 2, 3)));
  }

  @Test
  void load_ofAModelCalledTwice_callsOneModelTwice() {
    Model inner = Nets.chain("inner", 1);
    Input x = Input.of("x", 3);
    Input y = Input.of("y", 3);
    Model outer = Model.of("outer", List.of(x, y), List.of(inner.apply(x), inner.apply(y)));

    Model loaded = saved(outer);

    assertThat(loaded.outputs(loaded.model("inner"))).hasSize(2);
    assertThat(Nets.values(loaded)).isEqualTo(Nets.values(outer));
  }

  @Test
  void loadAll_ofModelsOverTheSameLayers_sharesLayersModelsAndTensors() {
    Model generator = Nets.generator(1);
    Model discriminator = Nets.discriminator(2);
    Model features =
        Model.of(
            "features",
            discriminator.graph().inputs(),
            List.of(discriminator.output(discriminator.layer("norm"))));
    ModelFile.saveAll(List.of(features, discriminator, Nets.gan(generator, discriminator)), file());

    Map<String, Model> loaded = ModelFile.loadAll(file());

    assertThat(loaded.keySet()).containsExactly("features", "discriminator", "gan");
    Model again = loaded.get("discriminator");
    assertThat(loaded.get("gan").model("discriminator")).isSameAs(again);
    assertThat(loaded.get("features").layer("conv")).isSameAs(again.layer("conv"));
    assertThat(loaded.get("features").output()).isSameAs(again.output(again.layer("norm")));
    assertThat(Save.open(file()).manifest().arrays())
        .hasSize(generator.weights().size() + discriminator.weights().size());
  }

  @Test
  void load_ofFlags_keepsThoseOfLayersAndModels() {
    Model discriminator = Nets.discriminator(2);
    Model gan = Nets.gan(Nets.generator(1), discriminator);
    discriminator.setTrainable(false);
    gan.model("generator").layer("norm").setTrainable(false);

    Model loaded = saved(gan);

    assertThat(loaded.isTrainable()).isTrue();
    assertThat(loaded.model("discriminator").isTrainable()).isFalse();
    assertThat(loaded.model("discriminator").layer("conv").isTrainable()).isTrue();
    assertThat(loaded.model("generator").layer("norm").isTrainable()).isFalse();
    assertThat(loaded.trainableWeights().stream().map(Object::toString))
        .containsExactlyElementsOf(gan.trainableWeights().stream().map(Object::toString).toList());
  }

  @Test
  void load_ofALayerThatIsWrappedAndCalled_isOneLayerAgain() {
    Dense inner = Dense.units(2).named("inner");
    Input x = Input.of("x", 4, 3);
    Input y = Input.of("y", 3);
    TimeDistributed wrapper = TimeDistributed.of(inner).named("wrapper");
    wrapper.setTrainable(false);
    Model model = Model.of("m", List.of(x, y), List.of(wrapper.apply(x), inner.apply(y)));

    Model loaded = saved(model);

    TimeDistributed copy = (TimeDistributed) loaded.layer("wrapper");
    assertThat(copy.wrapped()).isSameAs(loaded.layer("inner"));
    assertThat(copy.isTrainable()).isFalse();
    assertThat(Nets.values(loaded)).isEqualTo(Nets.values(model));
  }

  @Test
  void load_ofAModelThatBeginsInsideAnother_beginsAtAnInput() {
    Model whole = Nets.chain("whole", 1);
    SymbolicTensor middle = whole.output(whole.layer("a"));
    Model rest = Model.of("rest", middle, whole.output());

    Model loaded = saved(rest);

    assertThat(loaded.inputs().keySet()).containsExactly("a");
    assertThat(loaded.weightsByPath().keySet())
        .containsExactlyElementsOf(rest.weightsByPath().keySet());
    assertSamePredictions(rest, loaded, List.of(Nets.numbers(1, 2, 4)));
  }

  @Test
  void load_ofAModelThatBeginsAtALayerItCalls_beginsAtAnInputOfAnotherName() {
    Dense twice = Dense.units(3).named("twice");
    SymbolicTensor middle = twice.apply(Input.of("x", 3));
    Model model = Model.of("m", middle, twice.apply(middle));

    Model loaded = saved(model);

    assertThat(loaded.inputs().keySet()).containsExactly("twice_in");
  }

  @Test
  void save_ofAnActivationThatIsCode_isRefusedByTheNameOfItsLayer() {
    Activation code = (ops, x) -> ActivationOps.relu(ops, x);
    Model model =
        Model.sequential("m", Input.of("x", 2), Dense.units(1).activation(code).named("d"));

    assertThatThrownBy(() -> ModelFile.save(model, file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Dense \"d\" cannot be saved in a model file: it has the setting \"activation\": ")
        .hasMessageContaining("save the weights alone, with Weights.save");
    assertThat(file()).doesNotExist();
  }

  @Test
  void save_overAnEarlierSaveOfAModelThatCannotBeSaved_leavesTheEarlierOne() {
    ModelFile.save(Nets.chain("m", 1), file());
    Model coded =
        Model.sequential(
            "m", Input.of("x", 2), Lambda.of("f", (ops, in) -> ActivationOps.relu(ops, in.get(0))));

    assertThatThrownBy(() -> ModelFile.save(coded, file()))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(Nets.values(ModelFile.load(file()))).isEqualTo(Nets.values(Nets.chain("m", 1)));
  }

  @Test
  void saveAll_ofModelsOfOneName_isRefused() {
    List<Model> twins = List.of(Nets.chain("m", 1), Nets.chain("m", 2));

    assertThatThrownBy(() -> ModelFile.saveAll(twins, file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "two models to save are named \"m\"; give each a name of its own with model.renamed(\"...\")");
    assertThatThrownBy(() -> ModelFile.saveAll(List.of(), file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no model to save");
  }

  @Test
  void load_ofSeveralModels_isRefused() {
    ModelFile.saveAll(List.of(Nets.chain("a", 1), Nets.siamese(1)), file());

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(DataFileException.class)
        .hasMessage(file() + ": holds 2 models, a, siamese; load them with ModelFile.loadAll");
  }

  @Test
  void load_ofWeights_isRefused() {
    Weights.save(Nets.chain("m", 1), file());

    assertThatThrownBy(() -> ModelFile.load(file()))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("holds a save of kind \"weights\", without what the model is made of")
        .hasMessageContaining("Weights.load");
  }

  @Test
  void load_ofTheWeightsOfAModelFile_works() {
    ModelFile.save(Nets.chain("m", 1), file());
    Model other = Nets.chain("m", 2);

    Weights.load(other, file());

    assertThat(Nets.values(other)).isEqualTo(Nets.values(Nets.chain("m", 1)));
  }
}
