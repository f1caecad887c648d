package dev.tandem.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tandem.core.model.Model;
import dev.tandem.core.train.Predictor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Nets made by DL4J, saved by DL4J, read here, and what both give for the same random inputs. */
final class Sameness {

  static final int BATCH = 3;

  private Sameness() {}

  /** A net of these layers, with random parameters, batch statistics among them. */
  static MultiLayerNetwork net(InputType input, Layer... layers) {
    return net(DataType.FLOAT, input, layers);
  }

  static MultiLayerNetwork net(DataType type, InputType input, Layer... layers) {
    NeuralNetConfiguration.ListBuilder list =
        new NeuralNetConfiguration.Builder().seed(7).dataType(type).updater(new Adam(1e-3)).list();
    for (Layer layer : layers) {
      list.layer(layer);
    }
    MultiLayerConfiguration conf = list.setInputType(input).build();
    MultiLayerNetwork net = new MultiLayerNetwork(conf);
    net.init();
    randomize(net.paramTable());
    return net;
  }

  /** Other numbers than initializers give: biases that are not zero, variances that are not one. */
  static void randomize(Map<String, INDArray> params) {
    Nd4j.getRandom().setSeed(11);
    params.forEach(
        (name, array) -> {
          INDArray normal = Nd4j.randn(array.dataType(), array.shape()).mul(.4);
          array.assign(
              name.endsWith("var")
                  ? normal.mul(normal).add(.5)
                  : name.endsWith("gamma") ? normal.add(1) : normal);
        });
  }

  static Path save(MultiLayerNetwork net, Path folder) {
    try {
      Path file = folder.resolve("net.zip");
      net.save(file.toFile(), true);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path save(ComputationGraph net, Path folder) {
    try {
      Path file = folder.resolve("graph.zip");
      net.save(file.toFile(), true);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads the net with its input's shape taken from the array, which is DL4J's. */
  static Dl4jNet assertSame(MultiLayerNetwork net, INDArray x, Path folder) {
    INDArray here = channelsLast(x);
    Dl4jFile file = Dl4jFile.of(save(net, folder));
    Dl4jNet read = (x.rank() > 2 ? file.input("input", sample(here)) : file).read();
    INDArray expected = channelsLast(net.output(x.dup(), false));
    assertEqual(read.model(), Map.of("input", here), expected);
    return read;
  }

  static void assertEqual(Model model, Map<String, INDArray> inputs, INDArray expected) {
    Map<String, INDArray> typed = new LinkedHashMap<>();
    inputs.forEach(
        (name, array) -> typed.put(name, array.castTo(model.inputs().get(name).spec().dtype())));
    try (Predictor predictor = Predictor.of(model)) {
      INDArray actual = predictor.predict(typed).values().iterator().next();
      assertThat(actual.shape()).isEqualTo(expected.shape());
      assertThat(actual.sub(expected).amaxNumber().doubleValue())
          .as("difference of outputs up to %s", expected.amaxNumber())
          .isLessThan(1e-5 * Math.max(1, expected.amaxNumber().doubleValue()));
      assertThat(expected.stdNumber().doubleValue()).as("not constant").isGreaterThan(1e-3);
    }
  }

  static INDArray random(long... shape) {
    Nd4j.getRandom().setSeed(5);
    return Nd4j.randn(DataType.FLOAT, shape);
  }

  static INDArray channelsLast(INDArray x) {
    return switch (x.rank()) {
      case 4 -> x.permute(0, 2, 3, 1).dup('c');
      case 3 -> x.permute(0, 2, 1).dup('c');
      default -> x.dup('c');
    };
  }

  private static long[] sample(INDArray x) {
    return java.util.Arrays.copyOfRange(x.shape(), 1, x.rank());
  }
}
