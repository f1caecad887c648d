package dev.tandem.dl4j;

import static dev.tandem.dl4j.Sameness.assertEqual;
import static dev.tandem.dl4j.Sameness.channelsLast;
import static dev.tandem.dl4j.Sameness.random;
import static dev.tandem.dl4j.Sameness.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.model.Model;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.L2Vertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.graph.ReshapeVertex;
import org.deeplearning4j.nn.conf.graph.ScaleVertex;
import org.deeplearning4j.nn.conf.graph.ShiftVertex;
import org.deeplearning4j.nn.conf.graph.SubsetVertex;
import org.deeplearning4j.nn.conf.graph.rnn.LastTimeStepVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Graphs of DL4J, with their vertices, give what DL4J's own give. */
class GraphsReadTest {

  @TempDir private Path folder;

  private static GraphBuilder graph() {
    return new NeuralNetConfiguration.Builder().seed(3).activation(Activation.TANH).graphBuilder();
  }

  private static ComputationGraph built(GraphBuilder builder) {
    ComputationGraph net = new ComputationGraph(builder.build());
    net.init();
    Sameness.randomize(net.paramTable());
    return net;
  }

  private static ConvolutionLayer conv(int out) {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(out)
        .convolutionMode(ConvolutionMode.Same)
        .build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MSE)
        .nOut(4)
        .activation(Activation.IDENTITY)
        .build();
  }

  @Test
  void vertices_ofImages_giveWhatDl4jGives() {
    ComputationGraph net =
        built(
            graph()
                .addInputs("left", "right")
                .setInputTypes(InputType.convolutional(6, 5, 2), InputType.convolutional(6, 5, 3))
                .addLayer("a", conv(3), "left")
                .addLayer("b", new FrozenLayer.Builder().layer(conv(3)).build(), "right")
                .addVertex("sum", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "b")
                .addVertex("most", new ElementWiseVertex(ElementWiseVertex.Op.Max), "a", "sum")
                .addVertex("product", new ElementWiseVertex(ElementWiseVertex.Op.Product), "a", "b")
                .addVertex("scaled", new ScaleVertex(.5), "product")
                .addVertex("shifted", new ShiftVertex(-1), "scaled")
                .addVertex("merged", new MergeVertex(), "most", "shifted", "right")
                .addLayer("c", new ConvolutionLayer.Builder(2, 2).nOut(3).build(), "merged")
                .addLayer("bn", new BatchNormalization.Builder().useLogStd(true).build(), "c")
                .addLayer("dense", new DenseLayer.Builder().nOut(5).build(), "bn")
                .addVertex(
                    "flat",
                    new PreprocessorVertex(new CnnToFeedForwardPreProcessor(6, 5, 3)),
                    "sum")
                .addVertex("some", new SubsetVertex(10, 29), "flat")
                .addVertex("both", new MergeVertex(), "dense", "some")
                .addLayer("out", output(), "both")
                .setOutputs("out"));
    INDArray left = random(3, 2, 6, 5);
    INDArray right = random(3, 3, 6, 5).mul(.5);

    Dl4jNet read =
        Dl4jFile.of(save(net, folder)).input("left", 6, 5, 2).input("right", 6, 5, 3).read();

    assertEqual(
        read.model(),
        Map.of("left", channelsLast(left), "right", channelsLast(right)),
        net.outputSingle(left.dup(), right.dup()));
    assertThat(read.model().outputs()).containsOnlyKeys("out");
    assertThat(read.model().layer("b").isTrainable()).isFalse();
    assertThat(read.model().layer("a").isTrainable()).isTrue();
    assertThat(read.report().parts())
        .filteredOn(Dl4jReport.Part::frozen)
        .extracting(Dl4jReport.Part::name)
        .containsExactly("b");
  }

  @Test
  void severalInputsOfALayerAndDistance_giveWhatDl4jGives() {
    ComputationGraph net =
        built(
            graph()
                .addInputs("x", "y")
                .addLayer("d", new DenseLayer.Builder().nIn(8).nOut(12).build(), "x", "y")
                .addVertex(
                    "difference", new ElementWiseVertex(ElementWiseVertex.Op.Subtract), "x", "y")
                .addVertex("mean", new ElementWiseVertex(ElementWiseVertex.Op.Average), "x", "y")
                .addVertex("distance", new L2Vertex(1e-6), "x", "mean")
                .addVertex("image", new ReshapeVertex(-1, 3, 2, 2), "d")
                .addVertex("part", new SubsetVertex(1, 2), "image")
                .addLayer("conv", new ConvolutionLayer.Builder(2, 1).nIn(2).nOut(4).build(), "part")
                .addVertex("row", new ReshapeVertex(-1, 8), "conv")
                .addVertex("all", new MergeVertex(), "row", "difference", "distance")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(13)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "all")
                .setOutputs("out"));
    INDArray x = random(3, 4);
    INDArray y = x.mul(-.3).add(.2);

    Model model = Dl4jFile.of(save(net, folder)).input("x", 4).input("y", 4).read().model();

    assertEqual(model, Map.of("x", x.dup(), "y", y.dup()), net.outputSingle(x.dup(), y.dup()));
  }

  @Test
  void embeddingsAndLastStep_giveWhatDl4jGives() {
    ComputationGraph net =
        built(
            graph()
                .addInputs("words", "kind")
                .addLayer(
                    "words_e",
                    new EmbeddingSequenceLayer.Builder().nIn(9).nOut(4).inputLength(5).build(),
                    "words")
                .addLayer("lstm", new LSTM.Builder().nIn(4).nOut(6).build(), "words_e")
                .addVertex("last", new LastTimeStepVertex("words"), "lstm")
                .addLayer(
                    "kind_e",
                    new EmbeddingLayer.Builder().nIn(7).nOut(3).hasBias(true).build(),
                    "kind")
                .addVertex("both", new MergeVertex(), "last", "kind_e")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(9)
                        .nOut(4)
                        .activation(Activation.IDENTITY)
                        .build(),
                    "both")
                .setOutputs("out"));
    INDArray words = Nd4j.createFromArray(new float[][] {{1, 2, 8, 0, 3}, {4, 4, 5, 6, 7}});
    INDArray kind = Nd4j.createFromArray(new float[][] {{3}, {6}});

    Model model = Dl4jFile.read(save(net, folder));

    INDArray expected = net.outputSingle(words.dup(), kind.dup());
    assertEqual(model, Map.of("words", words, "kind", kind.reshape(2)), expected);
  }

  @Test
  void channelsLastNet_givesWhatDl4jGives() {
    ComputationGraph net =
        built(
            graph()
                .addInputs("x")
                .setInputTypes(InputType.convolutional(6, 5, 2, CNN2DFormat.NHWC))
                .addLayer(
                    "a",
                    new ConvolutionLayer.Builder(3, 2).nOut(4).dataFormat(CNN2DFormat.NHWC).build(),
                    "x")
                .addLayer(
                    "b",
                    new Deconvolution2D.Builder(3, 2)
                        .nOut(4)
                        .convolutionMode(ConvolutionMode.Same)
                        .dataFormat(CNN2DFormat.NHWC)
                        .build(),
                    "a")
                .addVertex("m", new MergeVertex(), "a", "b")
                .addLayer(
                    "pool",
                    new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.AVG)
                        .kernelSize(2, 2)
                        .stride(2, 2)
                        .dataFormat(CNN2DFormat.NHWC)
                        .build(),
                    "m")
                .addLayer(
                    "bn",
                    new BatchNormalization.Builder().dataFormat(CNN2DFormat.NHWC).build(),
                    "pool")
                .addLayer("out", output(), "bn")
                .setOutputs("out"));
    INDArray x = random(3, 6, 5, 2);

    Model model = Dl4jFile.of(save(net, folder)).input("x", 6, 5, 2).read().model();

    assertEqual(model, Map.of("x", x.dup()), net.outputSingle(x.dup()));
  }
}
