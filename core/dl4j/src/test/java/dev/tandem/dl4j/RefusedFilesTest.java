package dev.tandem.dl4j;

import static dev.tandem.dl4j.Sameness.net;
import static dev.tandem.dl4j.Sameness.random;
import static dev.tandem.dl4j.Sameness.save;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tandem.core.data.DataFileException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.GravesLSTM;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Files that are damaged, of another kind, or ask for what is not here. */
class RefusedFilesTest {

  @TempDir private Path folder;
  private Path file;
  private MultiLayerNetwork small;

  @BeforeEach
  void saveASmallNet() {
    small =
        net(
            InputType.feedForward(3),
            new DenseLayer.Builder().nOut(2).activation(Activation.TANH).build(),
            new OutputLayer.Builder(LossFunction.MSE)
                .nOut(1)
                .activation(Activation.IDENTITY)
                .build());
    file = save(small, folder);
  }

  private static AbstractThrowableAssert<?, ?> assertRefused(Dl4jFile file) {
    return assertThatThrownBy(file::read).isInstanceOf(DataFileException.class);
  }

  private AbstractThrowableAssert<?, ?> assertRefused(ZipEdit edit) {
    return assertRefused(Dl4jFile.of(edit.write(folder.resolve("edited.zip"))));
  }

  @Test
  void files_ofOtherKinds_areRefusedByWhatTheyAre() throws IOException {
    assertRefused(Dl4jFile.of(folder.resolve("none.zip"))).hasMessageContaining("is not there");
    assertRefused(Dl4jFile.of(folder)).hasMessageContaining("is a folder");
    Path text = Files.writeString(folder.resolve("net.txt"), "a net");
    assertRefused(Dl4jFile.of(text)).hasMessageContaining("no whole zip");
    Path empty = Files.write(folder.resolve("empty.zip"), new byte[0]);
    assertRefused(Dl4jFile.of(empty)).hasMessageContaining("no whole zip");
    assertRefused(ZipEdit.of(file).without("configuration.json").put("config.json", new byte[3]))
        .hasMessageContaining("holds no configuration.json")
        .hasMessageContaining("config.json");
    assertRefused(ZipEdit.of(file).without("coefficients.bin"))
        .hasMessageContaining("holds no coefficients.bin");
  }

  @Test
  void truncatedFile_atAnyLength_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length = 1; length < whole.length; length += 97) {
      Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(whole, length));
      assertRefused(Dl4jFile.of(cut)).hasMessageContaining("cut.zip");
    }
  }

  @Test
  void configurations_thatAreNone_areRefused() {
    assertRefused(
            ZipEdit.of(file)
                .put("configuration.json", "{\"confs\": [".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("is no JSON text");
    assertRefused(
            ZipEdit.of(file).put("configuration.json", "[1]".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("neither a MultiLayerNetwork");
    assertRefused(
            ZipEdit.of(file)
                .put("configuration.json", "{\"confs\": []}".getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("has no layers");
    assertRefused(ZipEdit.of(file).replace("\"nout\" : 2", "\"nout\" : -2"))
        .hasMessageContaining("layer 0 \"layer0\" (DenseLayer): \"nout\" is -2");
    assertRefused(ZipEdit.of(file).replace("\"nin\" : 3", "\"nin\" : \"three\""))
        .hasMessageContaining("has no whole number \"nin\": \"three\"");
    assertRefused(ZipEdit.of(file).replace("\"dataType\" : \"FLOAT\"", "\"dataType\" : \"UTF8\""))
        .hasMessageContaining("its data type is UTF8");
  }

  @Test
  void configuration_ofAnOlderFormat_isToldHowToComeOver() {
    String old =
        "{\"confs\": [{\"layer\": {\"dense\": {\"nin\": 3, \"nout\": 2, \"activationFn\":"
            + " {\"TanH\": {}}}}}]}";
    assertRefused(ZipEdit.of(file).put("configuration.json", old.getBytes(StandardCharsets.UTF_8)))
        .hasMessageContaining("as DL4J 0.9.1 and older wrote layers, {\"dense\": …}")
        .hasMessageContaining("save it again");
  }

  @Test
  void configuration_withWhatANewerVersionAdds_isReadWhereItsLayersAreKnown() {
    Path newer =
        ZipEdit.of(file)
            .replace("\"gainInit\" : 1.0", "\"gainInit\" : 1.0, \"fromTheFuture\" : {\"a\" : 1}")
            .write(folder.resolve("newer.zip"));
    INDArray x = random(2, 3);
    Sameness.assertEqual(Dl4jFile.read(newer), Map.of("input", x.dup()), small.output(x.dup()));
    assertRefused(ZipEdit.of(file).replace("layers.DenseLayer", "layers.SparseLayer"))
        .hasMessageContaining("layer 0 \"layer0\" (SparseLayer): there is nothing like it here");
  }

  @Test
  void coefficients_thatAreNotThoseOfTheLayers_areRefused() {
    byte[] whole = ZipEdit.of(file).get("coefficients.bin");
    assertRefused(ZipEdit.of(file).coefficients("MIXED_DATA_TYPES", 10, "FLOAT", 40))
        .hasMessageContaining("holds 10 numbers")
        .hasMessageContaining("ask for 11");
    assertRefused(ZipEdit.of(file).coefficients("MIXED_DATA_TYPES", 1L << 40, "FLOAT", 40))
        .hasMessageContaining("holds 1099511627776 numbers");
    assertRefused(ZipEdit.of(file).coefficients("MIXED_DATA_TYPES", 11, "FLOAT", 40))
        .hasMessageContaining("ends too early");
    assertRefused(ZipEdit.of(file).coefficients("MIXED_DATA_TYPES", 11, "UTF8", 44))
        .hasMessageContaining("numbers of the type \"UTF8\"");
    assertRefused(ZipEdit.of(file).coefficients("NOTHING", 11, "FLOAT", 44))
        .hasMessageContaining("the allocation mode \"NOTHING\"");
    for (int length = 0; length < whole.length; length += 13) {
      assertRefused(ZipEdit.of(file).put("coefficients.bin", Arrays.copyOf(whole, length)))
          .hasMessageContaining("coefficients.bin");
    }
  }

  @Test
  void unsupportedParts_areNamedAllAtOnceWithTheirPlaces() {
    MultiLayerNetwork net =
        net(
            InputType.convolutional(8, 8, 3),
            new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.CUBE).build(),
            new LocalResponseNormalization(),
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.PNORM)
                .pnorm(2)
                .kernelSize(2, 2)
                .build(),
            new DenseLayer.Builder()
                .nOut(3)
                .hasLayerNorm(true)
                .activation(Activation.GELU)
                .build());

    assertRefused(Dl4jFile.of(save(net, folder)))
        .hasMessageContaining("layer 0 \"layer0\" (ConvolutionLayer): its activation is Cube")
        .hasMessageContaining("layer 1 \"layer1\" (LocalResponseNormalization): there is nothing")
        .hasMessageContaining("layer 2 \"layer2\" (SubsamplingLayer): pools by PNORM")
        .hasMessageContaining("layer 3 \"layer3\" (DenseLayer): normalizes its layer inside")
        .hasMessageContaining("layer 3 \"layer3\" (DenseLayer): its activation is GELU")
        .hasMessageContaining("input \"input\": the file does not say how high and wide its images")
        .hasMessageContaining(".input(\"input\", 28, 28, 3)")
        .hasMessageEndingWith("nothing was built");
  }

  @Test
  @SuppressWarnings("deprecation")
  void peepholes_areRefused() {
    MultiLayerNetwork net =
        net(
            InputType.recurrent(3, 4),
            new GravesLSTM.Builder().nOut(2).activation(Activation.TANH).build(),
            new RnnOutputLayer.Builder(LossFunction.MSE)
                .nOut(1)
                .activation(Activation.IDENTITY)
                .build());

    assertRefused(Dl4jFile.of(save(net, folder)).input("input", 4, 3))
        .hasMessageContaining("layer 0 \"layer0\" (GravesLSTM): has peepholes");
  }

  @Test
  void inputs_thatDoNotFit_areRefusedWithThePlace() {
    MultiLayerNetwork net =
        net(
            InputType.convolutional(8, 8, 3),
            new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.RELU).build(),
            new DenseLayer.Builder().nOut(3).activation(Activation.RELU).build());
    Dl4jFile images = Dl4jFile.of(save(net, folder));

    assertRefused(images.input("input", 3, 8, 8))
        .hasMessageContaining(
            "\"layer0\" (ConvolutionLayer) takes 3 channels, and gets images (batch, 3, 8, 8)");
    assertRefused(images.input("input", 9, 9, 3))
        .hasMessageContaining(
            "flattens images of (height, width, channels) [6, 6, 4], and gets [7, 7, 4]")
        .hasMessageContaining("is the size that you gave");
    assertRefused(images.input("input", 8, 3)).hasMessageContaining("reads images");
    assertRefused(images.input("input", 8, 8, 3).input("image", 8, 8, 3))
        .hasMessageContaining("input \"image\": there is none of this name; there are [input]");
  }

  @Test
  void paddingOfTheLargest_behindNegativeNumbers_isRefused() {
    MultiLayerNetwork net =
        net(
            InputType.convolutional(8, 8, 3),
            new ConvolutionLayer.Builder(3, 3).nOut(4).activation(Activation.TANH).build(),
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(3, 3)
                .stride(2, 2)
                .padding(1, 1)
                .build());

    assertRefused(Dl4jFile.of(save(net, folder)).input("input", 8, 8, 3))
        .hasMessageContaining("takes the largest of windows with padding [1, 1]");
  }
}
