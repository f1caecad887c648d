package dev.tandem.dl4j;

import static dev.tandem.core.loss.Losses.binaryCrossentropy;
import static dev.tandem.dl4j.Sameness.assertEqual;
import static dev.tandem.dl4j.Sameness.channelsLast;
import static dev.tandem.dl4j.Sameness.net;
import static dev.tandem.dl4j.Sameness.random;
import static dev.tandem.dl4j.Sameness.save;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.io.ModelFile;
import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.nio.file.Path;
import java.util.Map;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A GAN's two nets come over, give what they gave, and train on over shared layers. */
class GanReadTest {

  @TempDir private Path folder;

  private static MultiLayerNetwork generator() {
    org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder list =
        new org.deeplearning4j.nn.conf.NeuralNetConfiguration.Builder()
            .list()
            .layer(
                new DenseLayer.Builder()
                    .nIn(10)
                    .nOut(4 * 3 * 3)
                    .activation(Activation.IDENTITY)
                    .build())
            .layer(new BatchNormalization.Builder().nIn(36).nOut(36).useLogStd(true).build())
            .layer(new ActivationLayer.Builder().activation(new ActivationLReLU(.2)).build())
            .layer(
                new Deconvolution2D.Builder(4, 4)
                    .nIn(4)
                    .nOut(3)
                    .stride(2, 2)
                    .padding(1, 1)
                    .activation(Activation.RELU)
                    .build())
            .layer(
                new Deconvolution2D.Builder(4, 4)
                    .nIn(3)
                    .nOut(1)
                    .stride(2, 2)
                    .convolutionMode(ConvolutionMode.Same)
                    .activation(Activation.TANH)
                    .build())
            .inputPreProcessor(3, new FeedForwardToCnnPreProcessor(3, 3, 4));
    MultiLayerNetwork net = new MultiLayerNetwork(list.build());
    net.init();
    Sameness.randomize(net.paramTable());
    return net;
  }

  private static MultiLayerNetwork discriminator() {
    return net(
        InputType.convolutional(12, 12, 1),
        new ConvolutionLayer.Builder(4, 4)
            .nOut(4)
            .stride(2, 2)
            .convolutionMode(ConvolutionMode.Same)
            .activation(new ActivationLReLU(.2))
            .build(),
        new ConvolutionLayer.Builder(4, 4)
            .nOut(5)
            .stride(2, 2)
            .convolutionMode(ConvolutionMode.Same)
            .activation(new ActivationLReLU(.2))
            .build(),
        new DenseLayer.Builder().nOut(6).activation(Activation.TANH).dropOut(.7).build(),
        new OutputLayer.Builder(LossFunction.XENT).nOut(1).activation(Activation.SIGMOID).build());
  }

  @Test
  void generatorAndDiscriminator_readFromZips_giveAndTrainAsOne() {
    MultiLayerNetwork theirG = generator();
    MultiLayerNetwork theirD = discriminator();
    INDArray z = random(3, 10);
    INDArray image = theirG.output(z.dup(), false).dup();

    Model g = Dl4jFile.of(save(theirG, folder)).named("generator").read().model();
    assertEqual(g, Map.of("input", z.dup()), channelsLast(image));
    Dl4jNet readD =
        Dl4jFile.of(save(theirD, folder)).named("discriminator").input("input", 12, 12, 1).read();
    Model d = readD.model();
    assertEqual(d, Map.of("input", channelsLast(image)), theirD.output(image.dup(), false));

    assertThat(readD.report().toString())
        .contains("ConvolutionLayer", "Conv2D", "(batch, 3, 3, 5)")
        .contains("LossBinaryXENT; Losses.binaryCrossentropy()", "updaterState.bin was not read");
    assertThat(readD.report().parameters())
        .isEqualTo(theirD.numParams())
        .isEqualTo(d.countParams());

    Model gan = Model.of("gan", g.inputs().get("input"), d.apply(g.output()));
    Training recipe = Training.with(Sgd.rate(.1)).loss(binaryCrossentropy());
    INDArray before = d.weight("layer3/kernel").values();
    INDArray mine = g.weight("layer0/kernel").values();
    try (Trainer trainer = gan.compile(recipe.only(g))) {
      trainer.trainOnBatch(z.dup(), Nd4j.ones(3, 1));
    }
    assertThat(d.weight("layer3/kernel").values()).isEqualTo(before);
    assertThat(g.weight("layer0/kernel").values()).isNotEqualTo(mine);

    Path saved = folder.resolve("saved");
    ModelFile.save(d, saved);
    assertEqual(
        ModelFile.load(saved),
        Map.of("input", channelsLast(image)),
        theirD.output(image.dup(), false));
  }
}
