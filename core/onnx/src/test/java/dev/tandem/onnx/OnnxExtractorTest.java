package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.GlobalAveragePooling2D;
import dev.tandem.core.layer.Permute;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.gan.metric.FeatureExtractor;
import dev.tandem.gan.metric.Features;
import dev.tandem.gan.metric.Fid;
import dev.tandem.gan.metric.ImagePipeline;
import dev.tandem.gan.metric.InceptionScore;
import dev.tandem.gan.metric.Kid;
import dev.tandem.gan.metric.Prdc;
import dev.tandem.gan.metric.RealFeatures;
import dev.tandem.gan.metric.Resizing;
import dev.tandem.gan.metric.Score;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Metrics through nets in ONNX files, against the same nets here. */
class OnnxExtractorTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("net.onnx");
  }

  private static Model classifier(int size) {
    Input image = Input.of("image", size, size, 3);
    SymbolicTensor seen =
        Conv2D.filters(6).kernel(3).stride(2).activation(Activations.leakyRelu(.2)).apply(image);
    SymbolicTensor features = GlobalAveragePooling2D.of().named("features").apply(seen);
    SymbolicTensor logits = Dense.units(4).named("logits").apply(features);
    return Model.of("net", List.of(image), List.of(features, logits)).initialize(1);
  }

  /** The same net for (batch, channels, height, width). */
  private static Model channelsFirst(Model net, int size) {
    Input image = Input.of("image", 3, size, size);
    SymbolicTensor turned = Permute.axes(2, 3, 1).apply(image);
    return Model.of("first", List.of(image), net.applyAll(List.of(turned)));
  }

  private static INDArray images(int seed, int n, int size, int channels) {
    INDArray images = Nd4j.zeros(DataType.FLOAT, n, size, size, channels);
    CounterRandom.of(seed).uniform(images);
    return images.muli(2).subi(1);
  }

  @Test
  void scores_throughAnOnnxFile_areThoseOfTheSameNetHere() {
    Model net = classifier(12);
    OnnxFile.save(net, file());
    INDArray real = images(1, 80, 12, 3);
    INDArray fake = images(2, 40, 12, 3).muli(.7);

    try (FeatureExtractor here = FeatureExtractor.of(net, "features", "logits");
        FeatureExtractor there = FeatureExtractor.onnx(file())) {
      List<Score> expected = scores(here, real, fake);
      List<Score> actual = scores(there, real, fake);

      assertThat(there.space().name()).isEqualTo("net ([-1, 1])");
      assertThat(there.space().sha256()).hasSize(64);
      for (int i = 0; i < expected.size(); i++) {
        assertThat(actual.get(i).value())
            .as(expected.get(i).toString())
            .isCloseTo(expected.get(i).value(), within(1e-5));
      }
      assertThat(actual.get(0).toString())
          .contains(" in net ([-1, 1]) " + there.space().sha256().substring(0, 12));
    }
  }

  private static List<Score> scores(FeatureExtractor extractor, INDArray real, INDArray fake) {
    Features all = extractor.extract(real);
    RealFeatures reference = new RealFeatures(all.slice(0, 40), all.slice(40, 80));
    Features seen = extractor.extract(fake);
    return List.of(
        Fid.measure(reference, seen, 1),
        new Kid(2, 20).measure(reference, seen, 1),
        InceptionScore.measure(reference, seen, 1),
        Prdc.measure(reference, seen, 1).precision());
  }

  @Test
  void channelsFirst_areFoundByTheShapeOfTheInput() {
    Model net = classifier(12);
    OnnxFile.save(channelsFirst(net, 12), file());
    INDArray images = images(3, 5, 12, 3);

    try (FeatureExtractor here = FeatureExtractor.of(net, "features", "logits");
        FeatureExtractor there = FeatureExtractor.onnx(named("net"))) {
      assertClose(there.extract(images).values(), here.extract(images).values(), 1e-5);
    }
  }

  /** The file with its first two outputs called features and logits. */
  private Path named(String name) {
    ModelProto.Builder model = Structure.read(file()).toBuilder();
    GraphProto.Builder graph = model.getGraphBuilder();
    List<String> names = List.of(FeatureExtractor.FEATURES, FeatureExtractor.LOGITS);
    for (int i = 0; i < 2; i++) {
      String before = graph.getOutput(i).getName();
      graph.addNode(
          NodeProto.newBuilder().setOpType("Identity").addInput(before).addOutput(names.get(i)));
      graph.getOutputBuilder(i).setName(names.get(i));
    }
    return written(model.build(), name);
  }

  private Path written(ModelProto model, String name) {
    try {
      return Files.write(folder.resolve(name + ".onnx"), model.toByteArray());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void pipeline_isResizedRangedAndStandardizedAsItSays() {
    Model net = classifier(12);
    OnnxFile.save(net, file());
    INDArray images = images(4, 3, 6, 1);
    ImagePipeline pipeline =
        ImagePipeline.plain()
            .rounded()
            .resized(Resizing.BILINEAR)
            .range(0, 1)
            .standardized(new double[] {.5, .4, .3}, new double[] {.2, .25, .5});

    INDArray levels = Nd4j.math().floor(images.add(1).mul(127.5).add(.5)).div(127.5).sub(1);
    INDArray resized = Nd4j.zeros(DataType.FLOAT, 3, 12, 12, 3);
    double[] mean = {.5, .4, .3};
    double[] deviation = {.2, .25, .5};
    for (int image = 0; image < 3; image++) {
      for (int y = 0; y < 12; y++) {
        for (int x = 0; x < 12; x++) {
          double value = (between(levels, image, (y + .5) / 2 - .5, (x + .5) / 2 - .5) + 1) / 2;
          for (int channel = 0; channel < 3; channel++) {
            resized.putScalar(
                new int[] {image, y, x, channel}, (value - mean[channel]) / deviation[channel]);
          }
        }
      }
    }
    try (FeatureExtractor here = FeatureExtractor.of(net, "features", "logits");
        FeatureExtractor there = FeatureExtractor.onnx(file(), pipeline)) {
      assertClose(there.extract(images).values(), here.extract(resized).values(), 1e-5);
      assertThat(there.space().name())
          .isEqualTo(
              "net (rounded, bilinear, [0, 1], mean [0.5, 0.4, 0.3], deviation [0.2, 0.25, 0.5])");
    }
  }

  private static double between(INDArray images, int image, double y, double x) {
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double down = y - top;
    double across = x - left;
    return (1 - down) * (1 - across) * at(images, image, top, left)
        + (1 - down) * across * at(images, image, top, left + 1)
        + down * (1 - across) * at(images, image, top + 1, left)
        + down * across * at(images, image, top + 1, left + 1);
  }

  private static double at(INDArray images, int image, int y, int x) {
    return images.getDouble(image, Math.max(0, Math.min(5, y)), Math.max(0, Math.min(5, x)), 0);
  }

  /** ONNX's own op resizes by the same formulas. */
  @ParameterizedTest
  @EnumSource
  void resizing_isThatOfOnnxRuntime(Resizing way) throws OrtException {
    int[][] sizes = {{9, 5}, {5, 9}, {8, 8}};
    for (int[] size : sizes) {
      INDArray images = images(5, 2, size[0], 3);
      Path net = written(resize(way, size[1]), "resize");
      Path same = written(identity(size[1]), "identity");
      try (RuntimeNet runtime = new RuntimeNet(net);
          FeatureExtractor extractor =
              FeatureExtractor.onnx(same, ImagePipeline.plain().resized(way))) {
        INDArray expected = runtime.run(Map.of("x", images)).get("y");
        INDArray actual = extractor.extract(images).values();
        assertClose(actual, expected.reshape('c', actual.shape()).castTo(DataType.DOUBLE), 1e-5);
      }
    }
  }

  private static ModelProto resize(Resizing way, int size) {
    boolean cubic = way == Resizing.ANTIALIASED_BICUBIC;
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType("Resize")
            .addAllInput(List.of("x", "", "", "sizes"))
            .addOutput("y")
            .addAttribute(Attributes.text("mode", cubic ? "cubic" : "linear"))
            .addAttribute(Attributes.text("coordinate_transformation_mode", "half_pixel"))
            .addAttribute(Attributes.integers("axes", 1, 2))
            .addAttribute(Attributes.integer("antialias", way == Resizing.BILINEAR ? 0 : 1));
    if (cubic) {
      node.addAttribute(Attributes.real("cubic_coeff_a", -.5));
    }
    if (way != Resizing.BILINEAR) {
      node.addAttribute(Attributes.integer("exclude_outside", 1));
    }
    TensorProto sizes =
        TensorProto.newBuilder()
            .setName("sizes")
            .setDataType(TensorProto.DataType.INT64.getNumber())
            .addDims(2)
            .addInt64Data(size)
            .addInt64Data(size)
            .build();
    List<Size> any = List.of(new Size(1, 1, true), new Size(2, 1, true), new Size(2, 1, true));
    return model(
        GraphProto.newBuilder().addNode(node).addInitializer(sizes),
        List.of(any.get(0), any.get(1), any.get(2), Size.fixed(3)));
  }

  private static ModelProto identity(int size) {
    NodeProto.Builder node =
        NodeProto.newBuilder().setOpType("Identity").addInput("x").addOutput("y");
    return model(
        GraphProto.newBuilder().addNode(node),
        List.of(new Size(1, 1, true), Size.fixed(size), Size.fixed(size), Size.fixed(3)));
  }

  private static ModelProto model(GraphProto.Builder graph, List<Size> input) {
    int type = Types.number(DataType.FLOAT);
    List<Size> open = input.stream().map(size -> new Size(2, 1, true)).toList();
    graph
        .setName("net")
        .addInput(NetWriter.info("x", type, input))
        .addOutput(NetWriter.info("y", type, open));
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(9).setGraph(graph);
    model.addOpsetImportBuilder().setVersion(OnnxFile.OPSET);
    return model.build();
  }

  @Test
  void sizesThatDiffer_areRefusedUntilAWayIsNamed() {
    OnnxFile.save(classifier(12), file());

    try (FeatureExtractor extractor = FeatureExtractor.onnx(file())) {
      assertThatThrownBy(() -> extractor.extract(images(6, 2, 8, 3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              file()
                  + " looks at images of 12 x 12 x 3, and samples are 8 x 8 x 3; say how they get"
                  + " that size, as with ImagePipeline.pytorchFid() or"
                  + " ImagePipeline.plain().resized(Resizing.BILINEAR)");
    }
  }

  @Test
  void filesThatAreNoNets_areRefused() throws IOException {
    Files.writeString(file(), "no net");
    assertThatThrownBy(() -> FeatureExtractor.onnx(file()))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(file() + ": is no net that ONNX Runtime takes: ");
    assertThatThrownBy(() -> FeatureExtractor.onnx(folder.resolve("none.onnx")))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("cannot be read");
    OnnxFile.save(channelsFirst(classifier(12), 12), file());
    assertThatThrownBy(() -> FeatureExtractor.onnx(file()))
        .hasMessageContaining("has no output \"features\" among [");
    written(
        model(
            GraphProto.newBuilder()
                .addNode(NodeProto.newBuilder().setOpType("Identity").addInput("x").addOutput("y")),
            List.of(Size.fixed(1), Size.fixed(3))),
        "one");
    assertThatThrownBy(() -> FeatureExtractor.onnx(folder.resolve("one.onnx")))
        .hasMessageContaining("without an open first axis for any number of samples");
  }

  private static void assertClose(INDArray actual, INDArray expected, double within) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.dup('c').data().asDouble())
        .containsExactly(expected.dup('c').data().asDouble(), within(within));
  }
}
