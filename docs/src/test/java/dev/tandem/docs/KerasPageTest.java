package dev.tandem.docs;

import static dev.tandem.core.loss.Losses.sparseCategoricalCrossentropy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.LSTM;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Adam;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import dev.tandem.keras.KerasFile;
import dev.tandem.keras.KerasModel;
import dev.tandem.keras.KerasReport;
import dev.tandem.keras.KerasWeights;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The code of the page on files of Keras. */
class KerasPageTest {

  private static final Path FILES =
      Snippets.ROOT.resolve("core/keras/src/test/resources/dev/tandem/keras");

  @Test
  void aModelOfKeras_predicts() {
    Path file = FILES.resolve("convnet.keras");
    INDArray images = Nd4j.ones(2, 8, 8, 2);
    // region read
    KerasModel imported = KerasFile.read(file);
    Model model = imported.model();
    System.out.println(imported.report());
    Map<String, INDArray> outputs = Predictor.of(model).predict(Map.of("image", images));
    // endregion
    assertThat(outputs).containsOnlyKeys("classes", "value");
    assertThat(imported.report().toString()).contains("conv1", "SeparableConv2D");
  }

  @Test
  void anOpenSize_isGiven() {
    Path file = FILES.resolve("sequence.h5");
    // region open
    Model model = KerasFile.of(file).input("words", 6).read().model();
    // endregion
    assertThat(model.inputs().get("words").shape()).isEqualTo(Shape.of(-1, 6));
  }

  @Test
  void aTrunkOfKeras_isTunedUnderANewHead() {
    Model model = KerasFile.read(FILES.resolve("convnet.keras")).model();
    INDArray images = Nd4j.ones(2, 8, 8, 2);
    INDArray labels = Nd4j.createFromArray(0, 4);
    // region tune
    SymbolicTensor image = model.inputs().get("image");
    Model trunk = Model.of("trunk", image, model.output(model.layer("ln")));
    Dense head = Dense.units(5).named("head");
    Model tuned = Model.of("tuned", image, head.apply(trunk.inference().apply(image)));
    Training recipe =
        Training.with(Adam.rate(1e-3)).loss(sparseCategoricalCrossentropy().fromLogits());

    trunk.setTrainable(false); // this model's calls; no layer is written
    Trainer first = tuned.compile(recipe);
    first.trainOnBatch(images, labels); // moves the head

    trunk.setTrainable(true);
    trunk.layer("conv1").setTrainable(false); // this layer, in every model
    Trainer second = tuned.compile(recipe);
    second.trainOnBatch(images, labels); // moves all but conv1
    // endregion
    assertThat(first.moves()).hasSize(2);
    assertThat(second.moves()).hasSizeGreaterThan(20).doesNotContain(trunk.weight("conv1/kernel"));
  }

  @Test
  void aFrozenModelOfKeras_isGivenBack() {
    Model twins = KerasFile.read(FILES.resolve("nested.keras")).model();
    assertThat(twins.model("encoder").trainableWeights()).isEmpty();
    // region thaw
    Model encoder = twins.model("encoder");
    encoder.setTrainable(true);
    encoder.layers().forEach(layer -> layer.setTrainable(true)); // as Keras's flag does
    // endregion
    assertThat(encoder.trainableWeights()).hasSize(4);
  }

  @Test
  void weightsOfKeras_goIntoAModelOfJava() {
    Path file = FILES.resolve("sequence.weights.h5");
    // region weights
    Input words = Input.of("words", Shape.of(6), DataType.INT32);
    Model model =
        Model.sequential(
            "tagger",
            words,
            Embedding.of(11, 4).named("words_of"),
            LSTM.units(5).named("lstm1"),
            Dense.units(9).named("tags"));
    KerasReport report = KerasWeights.loadMatching(file, model);
    System.out.println(report);
    // endregion
    assertThat(report.layers()).hasSize(2);
    assertThat(report.allNotes()).anyMatch(note -> note.contains("tags/kernel"));
  }
}
