package dev.tandem.dl4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * Writes the zips that {@link FixturesTest} reads, with DL4J 1.0.0-M2.1, and what DL4J's nets give
 * for {@link FixturesTest#ramp}. To be run again for a new fixture alone: the files stay as they
 * were written.
 */
final class FixtureWriter {

  private FixtureWriter() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    MultiLayerNetwork classifier =
        Sameness.net(
            InputType.convolutional(8, 8, 2),
            new ConvolutionLayer.Builder(3, 3)
                .nOut(3)
                .convolutionMode(ConvolutionMode.Same)
                .activation(Activation.LEAKYRELU)
                .build(),
            new BatchNormalization.Builder().useLogStd(true).build(),
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build(),
            new DenseLayer.Builder().nOut(5).activation(Activation.TANH).dropOut(.8).build(),
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(4)
                .activation(Activation.SOFTMAX)
                .build());
    classifier.save(folder.resolve("classifier.zip").toFile(), true);
    write(
        folder,
        "classifier",
        classifier.output(FixturesTest.ramp(2, 8, 8, 2).permute(0, 3, 1, 2).dup('c')));

    MultiLayerNetwork sequences =
        Sameness.net(
            InputType.recurrent(3, 4),
            new LSTM.Builder().nOut(4).activation(Activation.TANH).build(),
            new RnnOutputLayer.Builder(LossFunction.MSE)
                .nOut(2)
                .activation(Activation.IDENTITY)
                .build());
    sequences.save(folder.resolve("sequences.zip").toFile(), false);
    write(
        folder,
        "sequences",
        sequences.output(FixturesTest.ramp(2, 4, 3).permute(0, 2, 1).dup('c')).permute(0, 2, 1));

    ComputationGraph generator =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(1)
                .graphBuilder()
                .addInputs("noise", "style")
                .setInputTypes(InputType.feedForward(4), InputType.feedForward(3))
                .addVertex("both", new MergeVertex(), "noise", "style")
                .addLayer(
                    "dense",
                    new DenseLayer.Builder().nOut(12).activation(Activation.RELU).build(),
                    "both")
                .addLayer(
                    "up",
                    new Deconvolution2D.Builder(4, 4)
                        .nIn(3)
                        .nOut(1)
                        .stride(2, 2)
                        .convolutionMode(ConvolutionMode.Same)
                        .activation(Activation.TANH)
                        .build(),
                    new org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor(
                        2, 2, 3),
                    "dense")
                .setOutputs("up")
                .build());
    generator.init();
    Sameness.randomize(generator.paramTable());
    generator.save(folder.resolve("generator.zip").toFile(), false);
    write(
        folder,
        "generator",
        generator
            .outputSingle(FixturesTest.ramp(2, 4), FixturesTest.ramp(2, 3))
            .permute(0, 2, 3, 1));
  }

  private static void write(Path folder, String name, INDArray output) throws IOException {
    List<String> lines = new ArrayList<>();
    for (float value : output.dup('c').data().asFloat()) {
      lines.add(Float.toString(value));
    }
    Files.write(folder.resolve(name + ".txt"), lines);
  }
}
