package dev.tandem.dl4j;

import static dev.tandem.core.loss.Losses.binaryCrossentropy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.model.Model;
import dev.tandem.core.optimizer.Sgd;
import dev.tandem.core.train.Predictor;
import dev.tandem.core.train.Trainer;
import dev.tandem.core.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What docs/dl4j.md shows: it runs, and both GANs move their weights to the same places. */
class Dl4jPageTest {

  private static final int N = 6;

  @TempDir private Path folder;

  // region layers
  List<Layer> generatorLayers() {
    return List.of(
        new DenseLayer.Builder().nIn(4).nOut(16).activation(Activation.LEAKYRELU).build(),
        new DenseLayer.Builder().nIn(16).nOut(2).activation(Activation.TANH).build());
  }

  List<Layer> discriminatorLayers() {
    return List.of(
        new DenseLayer.Builder().nIn(2).nOut(16).activation(Activation.LEAKYRELU).build(),
        new OutputLayer.Builder(LossFunction.XENT)
            .nIn(16)
            .nOut(1)
            .activation(Activation.SIGMOID)
            .build());
  }

  // endregion

  private static MultiLayerNetwork net(List<Layer> layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder()
            .seed(3)
            .updater(new org.nd4j.linalg.learning.config.Sgd(.1))
            .list();
    layers.forEach(list::layer);
    MultiLayerNetwork net = new MultiLayerNetwork(list.build());
    net.init();
    return net;
  }

  private static INDArray random(int columns) {
    return Nd4j.rand(N, columns).muli(2).subi(1);
  }

  @Test
  void ganWithCopiedWeights_andGanOverSharedLayers_moveWeightsAlike() throws IOException {
    INDArray ones = Nd4j.ones(N, 1);
    INDArray zeros = Nd4j.zeros(N, 1);
    int rounds = 5;
    List<INDArray> noise = Stream.generate(() -> random(4)).limit(rounds).toList();
    List<INDArray> data = Stream.generate(() -> random(2)).limit(rounds).toList();

    // region copied
    MultiLayerNetwork gen = net(generatorLayers());
    MultiLayerNetwork dis = net(discriminatorLayers());
    Stream<Layer> frozen = discriminatorLayers().stream().map(FrozenLayerWithBackprop::new);
    MultiLayerNetwork gan = net(Stream.concat(generatorLayers().stream(), frozen).toList());
    // endregion
    for (int i = 0; i < 2; i++) { // else the first fakes come from other weights than the gan's
      gen.getParam(i + "_W").assign(gan.getParam(i + "_W"));
    }
    Path genZip = folder.resolve("gen.zip");
    Path disZip = folder.resolve("dis.zip");
    gen.save(genZip.toFile());
    dis.save(disZip.toFile());
    for (int round = 0; round < rounds; round++) {
      INDArray z = noise.get(round).dup();
      INDArray real = data.get(round).dup();
      // region copies
      INDArray fake = gen.output(z);
      dis.fit(new DataSet(Nd4j.vstack(real, fake), Nd4j.vstack(ones, zeros)));
      for (int i = 0; i < 2; i++) { // the discriminator into the tail of the gan
        gan.getParam((2 + i) + "_W").assign(dis.getParam(i + "_W"));
        gan.getParam((2 + i) + "_b").assign(dis.getParam(i + "_b"));
      }
      gan.fit(new DataSet(z, ones));
      for (int i = 0; i < 2; i++) { // the head of the gan into the generator
        gen.getParam(i + "_W").assign(gan.getParam(i + "_W"));
        gen.getParam(i + "_b").assign(gan.getParam(i + "_b"));
      }
      // endregion
    }

    // region shared
    Model g = Dl4jFile.of(genZip).named("generator").read().model();
    Model d = Dl4jFile.of(disZip).named("discriminator").read().model();
    Model both = Model.of("gan", g.inputs().get("input"), d.apply(g.output()));
    Training recipe = Training.with(Sgd.rate(.1)).loss(binaryCrossentropy());
    Trainer ofD = d.compile(recipe);
    Trainer ofG = both.compile(recipe.only(g));
    Predictor samples = Predictor.of(g);
    // endregion
    for (int round = 0; round < rounds; round++) {
      INDArray z = noise.get(round).dup();
      INDArray real = data.get(round).dup();
      // region shares
      INDArray made = samples.predict(z);
      ofD.trainOnBatch(Nd4j.vstack(real, made), Nd4j.vstack(ones, zeros));
      ofG.trainOnBatch(z, ones);
      // endregion
    }
    List.of(ofD, ofG).forEach(Trainer::close);
    samples.close();

    for (String layer : List.of("0", "1")) {
      assertSame(g.weight("layer" + layer + "/kernel").values(), gen.getParam(layer + "_W"));
      assertSame(d.weight("layer" + layer + "/kernel").values(), dis.getParam(layer + "_W"));
    }
    assertThat(d.weight("layer1/bias").values().getDouble(0)).isNotZero();
  }

  private static void assertSame(INDArray here, INDArray there) {
    assertThat(here.sub(there).amaxNumber().doubleValue()).isLessThan(1e-5);
  }

  @Test
  void net_ofTheFirstExample_isReadWithItsReport() throws IOException {
    Path path = folder.resolve("digits.zip");
    Sameness.net(
            InputType.convolutional(28, 28, 1),
            new ConvolutionLayer.Builder(5, 5)
                .nOut(4)
                .stride(2, 2)
                .activation(Activation.RELU)
                .build(),
            new DenseLayer.Builder().nOut(16).activation(Activation.RELU).dropOut(.5).build(),
            new OutputLayer.Builder(LossFunction.MCXENT)
                .nOut(10)
                .activation(Activation.SOFTMAX)
                .build())
        .save(path.toFile());
    INDArray images = Nd4j.rand(2, 1, 28, 28);

    // region read
    Dl4jNet net = Dl4jFile.of(path).input("input", 28, 28, 1).read();
    Model model = net.model();
    String report = net.report().toString();
    try (Predictor predictor = Predictor.of(model)) {
      INDArray classes = predictor.predict(images.permute(0, 2, 3, 1)); // channels last
      // endregion
      assertThat(classes.shape()).containsExactly(2, 10);
      assertThat(report).contains("layer0  ConvolutionLayer  Conv2D  (batch, 12, 12, 4)  104\n");
      if (Boolean.getBoolean("tandem.show")) {
        System.out.println(report);
      }
    }
  }
}
