package dev.tandem.dl4j;

import static dev.tandem.dl4j.Sameness.assertEqual;
import static dev.tandem.dl4j.Sameness.net;
import static dev.tandem.dl4j.Sameness.random;
import static dev.tandem.dl4j.Sameness.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.model.Model;
import dev.tandem.core.regularizer.Regularizers;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What concerns nets as a whole: types, names, orders, what else a zip holds. */
class WholeNetsTest {

  @TempDir private Path folder;

  private static MultiLayerNetwork small(DataType type) {
    return net(
        type,
        InputType.feedForward(3),
        new DenseLayer.Builder()
            .name("hidden")
            .nOut(4)
            .activation(Activation.TANH)
            .l2(.02)
            .l1(.5)
            .build(),
        new OutputLayer.Builder(LossFunction.MSE)
            .name("score")
            .nOut(2)
            .activation(Activation.IDENTITY)
            .build());
  }

  @Test
  void types_ofDl4j_becomeThoseOfHere() {
    MultiLayerNetwork wide = small(DataType.DOUBLE);
    INDArray x = random(3, 3).castTo(DataType.DOUBLE);
    Model model = Dl4jFile.read(save(wide, folder));
    assertThat(model.output().spec().dtype()).isEqualTo(DataType.DOUBLE);
    assertEqual(model, Map.of("input", x.dup()), wide.output(x.dup()));

    MultiLayerNetwork half = small(DataType.FLOAT16);
    Model read = Dl4jFile.read(save(half, folder));
    assertThat(read.output().spec().dtype()).isEqualTo(DataType.FLOAT);
    assertThat(read.weight("hidden/kernel").values())
        .isEqualTo(half.getParam("0_W").castTo(DataType.FLOAT));
  }

  @Test
  void names_penaltiesAndTheRest_areKeptOrReported() throws IOException {
    MultiLayerNetwork net = small(DataType.FLOAT);
    NormalizerStandardize normalizer = new NormalizerStandardize();
    normalizer.fit(new DataSet(random(5, 3), random(5, 2)));
    Path file = folder.resolve("my scores.v2.zip");
    net.save(file.toFile(), true);
    ModelSerializer.addNormalizerToModel(file.toFile(), normalizer);

    Dl4jNet read = Dl4jFile.of(file).read();

    assertThat(read.model().name()).isEqualTo("my scores.v2");
    assertThat(read.model().weightsByPath())
        .containsOnlyKeys("hidden/kernel", "hidden/bias", "score/kernel", "score/bias");
    assertThat(read.model().weight("hidden/kernel").regularizer())
        .isEqualTo(Regularizers.l1l2(.5, .01)); // DL4J counts half of the squares
    assertThat(read.report().notes())
        .anyMatch(
            note -> note.contains("\"score\": its loss was LossMSE; Losses.meanSquaredError()"))
        .anyMatch(note -> note.contains("updater Adam (rate 0.001)"))
        .anyMatch(note -> note.contains("updaterState.bin was not read"))
        .anyMatch(note -> note.contains("(STANDARDIZE)") && note.contains("normalizer.bin"));
    assertThat(read.report().toString())
        .startsWith("MultiLayerNetwork, 26 parameters, all read\n")
        .contains("hidden  DenseLayer   Dense  (batch, 4)  16\n");
  }

  @Test
  void graph_withoutItsOrderInTheFile_isOrderedAsDl4jOrdersIt() {
    ComputationGraph net =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .activation(Activation.TANH)
                .graphBuilder()
                .addInputs("x")
                .addLayer("late", new DenseLayer.Builder().nIn(5).nOut(4).build(), "early")
                .addLayer("early", new DenseLayer.Builder().nIn(3).nOut(5).build(), "x")
                .addLayer("side", new DenseLayer.Builder().nIn(3).nOut(4).build(), "x")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "late", "side")
                .addLayer(
                    "out",
                    new OutputLayer.Builder().nIn(4).nOut(2).activation(Activation.SOFTMAX).build(),
                    "sum")
                .setOutputs("out")
                .build());
    net.init();
    Path file =
        ZipEdit.of(save(net, folder))
            .replace("\"topologicalOrderStr\" : \\[[^]]*],", "")
            .write(folder.resolve("older.zip"));
    INDArray x = random(3, 3);

    Model model = Dl4jFile.read(file);

    assertEqual(model, Map.of("x", x.dup()), net.outputSingle(x.dup()));
  }

  @Test
  void layer_withTheNameOfAnother_getsANumber() {
    MultiLayerNetwork net = small(DataType.FLOAT);
    Path file =
        ZipEdit.of(save(net, folder))
            .replace("\"layerName\" : \"score\"", "\"layerName\" : \"hidden\"")
            .write(folder.resolve("twice.zip"));

    assertThat(Dl4jFile.read(file).weightsByPath())
        .containsKeys("hidden/kernel", "hidden_1/kernel");
  }
}
