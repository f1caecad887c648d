package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.data.DataFileException;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Add;
import dev.tandem.core.layer.BatchNormalization;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Conv2DTranspose;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.Embedding;
import dev.tandem.core.layer.Flatten;
import dev.tandem.core.layer.GroupNormalization;
import dev.tandem.core.layer.Lambda;
import dev.tandem.core.layer.LayerNormalization;
import dev.tandem.core.layer.MinibatchStandardDeviation;
import dev.tandem.core.layer.Padding;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.layer.SpectralNormalization;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.NodeProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.TensorShapeProto.Dimension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class OnnxFileTest {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("net.onnx");
  }

  private GraphProto saved(Model model) {
    OnnxFile.save(model, file());
    Structure.check(file());
    return Structure.read(file()).getGraph();
  }

  private static List<String> ops(GraphProto graph) {
    return graph.getNodeList().stream().map(NodeProto::getOpType).toList();
  }

  private static Model generator() {
    return Model.sequential(
            "g",
            Input.of("noise", 4),
            Dense.units(2 * 2 * 6).activation(Activations.relu()).named("fc"),
            Reshape.of(2, 2, 6),
            Conv2DTranspose.filters(4).kernel(4).stride(2).padding(Padding.SAME).named("up"),
            BatchNormalization.of().named("bn"),
            SpectralNormalization.of(
                Conv2D.filters(1)
                    .kernel(3)
                    .padding(Padding.SAME)
                    .activation(Activations.tanh())
                    .named("image")))
        .initialize(1);
  }

  @Test
  void save_ofAGenerator_readsAsItsLayersInNetron() {
    GraphProto graph = saved(generator());

    assertThat(ops(graph))
        .containsExactly(
            "Gemm",
            "Relu",
            "Reshape",
            "Transpose",
            "ConvTranspose",
            "BatchNormalization",
            "Conv",
            "Tanh",
            "Transpose");
    assertThat(graph.getName()).isEqualTo("g");
    assertThat(graph.getNode(4).getName()).isEqualTo("up/ConvTranspose");
    assertThat(graph.getInitializerList().stream().map(TensorProto::getName))
        .contains("fc/kernel", "fc/bias", "up/kernel", "up/bias", "bn/moving_variance", "bn/gamma")
        .anyMatch(name -> name.endsWith("image/kernel"));
  }

  @Test
  void save_keepsNamesShapesAndAnOpenBatchAxis() {
    GraphProto graph = saved(generator());

    assertThat(graph.getInput(0).getName()).isEqualTo("noise");
    List<Dimension> input = graph.getInput(0).getType().getTensorType().getShape().getDimList();
    assertThat(input.get(0).getDimParam()).isEqualTo("batch");
    assertThat(input.get(1).getDimValue()).isEqualTo(4);
    assertThat(graph.getOutput(0).getName())
        .isEqualTo(generator().outputs().keySet().iterator().next());
    List<Dimension> output = graph.getOutput(0).getType().getTensorType().getShape().getDimList();
    assertThat(output.get(0).getDimParam()).isEqualTo("batch");
    assertThat(output.stream().skip(1).map(Dimension::getDimValue)).containsExactly(4L, 4L, 1L);
  }

  @Test
  void save_withFacts_holdsThemAsMetadata() {
    OnnxFile.save(generator(), Map.of("preset", "dcgan", "rounds", "6000"), file());

    ModelProto model = Structure.read(file());
    assertThat(model.getProducerName()).isEqualTo("Tandem");
    assertThat(model.getProducerVersion()).isNotEmpty();
    assertThat(model.getMetadataProps(0).getKey()).isEqualTo("preset");
    assertThat(model.getMetadataProps(1).getValue()).isEqualTo("6000");
  }

  @Test
  void save_ofAResidualNet_turnsImagesAtItsEndsAlone() {
    Input image = Input.of("image", 4, 4, 3);
    SymbolicTensor x = Conv2D.filters(4).kernel(3).padding(Padding.SAME).apply(image);
    SymbolicTensor y = GroupNormalization.groups(2).apply(Conv2D.filters(4).kernel(1).apply(x));
    SymbolicTensor z = Dense.units(2).apply(Flatten.of().apply(Add.of().apply(x, y)));

    GraphProto graph = saved(Model.of("d", image, z));

    assertThat(ops(graph)).filteredOn("Transpose"::equals).hasSize(2);
    assertThat(ops(graph)).contains("InstanceNormalization").endsWith("Gemm");
  }

  @Test
  void save_ofGelu_writesItsOp() {
    Model model =
        Model.sequential(
            "m",
            Input.of("x", 3),
            Dense.units(4).activation(Activations.gelu()),
            LayerNormalization.of(),
            Dense.units(2).activation(Activations.approximateGelu()));

    GraphProto graph = saved(model);

    assertThat(ops(graph)).containsExactly("Gemm", "Gelu", "LayerNormalization", "Gemm", "Gelu");
    assertThat(graph.getNode(4).getAttributeList())
        .extracting(AttributeProto::getName)
        .containsExactly("approximate");
  }

  @Test
  void save_inFloat64_runsWhereTheRuntimeHasItsKernels() throws OrtException {
    Model model =
        Model.sequential(
            "m",
            Input.of("x", Shape.of(3), DataType.DOUBLE),
            Dense.units(4).activation(Activations.tanh()),
            BatchNormalization.of(),
            Dense.units(2));
    RandomWeights.draw(model);
    INDArray x = Nd4j.createFromArray(new double[][] {{1, -2, 3}, {.5, .25, 0}});
    OnnxFile.save(model, file());

    try (RuntimeNet net = new RuntimeNet(file());
        Predictor predictor = Predictor.of(model)) {
      INDArray actual = net.run(Map.of("x", x)).values().iterator().next();
      assertThat(actual.dataType()).isEqualTo(DataType.DOUBLE);
      assertThat(actual.data().asDouble())
          .containsExactly(predictor.predict(x).dup('c').data().asDouble(), within(1e-9));
    }
  }

  @Test
  void save_ofInt64Indices_keepsTheirType() throws OrtException {
    Input label = Input.of("label", Shape.scalar(), DataType.INT64);
    Model model = Model.of("m", label, Embedding.of(4, 3).apply(label));
    RandomWeights.draw(model);

    double difference =
        Exports.check(
            model,
            batch -> Map.of("label", Nd4j.createFromArray(3L, 0L, 2L, 1L).get(first(batch))),
            file());

    assertThat(difference).isZero();
  }

  private static org.nd4j.linalg.indexing.INDArrayIndex first(long batch) {
    return org.nd4j.linalg.indexing.NDArrayIndex.interval(0, batch);
  }

  @Test
  void save_ofMinibatchDeviation_groupsEveryBatchAsTheLayerDoes() throws OrtException {
    Model model =
        Model.sequential("m", Input.of("x", 3), MinibatchStandardDeviation.of().groupSize(4));
    OnnxFile.save(model, file());

    try (RuntimeNet net = new RuntimeNet(file());
        Predictor predictor = Predictor.of(model)) {
      for (int batch : new int[] {1, 2, 5, 6, 8}) {
        INDArray x = Nd4j.arange(batch * 3).castTo(DataType.FLOAT).reshape(batch, 3);
        x = x.mul(x);
        INDArray expected = predictor.predict(x);
        INDArray actual = net.run(Map.of("x", x)).values().iterator().next();
        assertThat(actual.equalsWithEps(expected, 1e-4)).as("" + batch).isTrue();
      }
    }
  }

  @Test
  void save_ofOneTensorAsTwoOutputs_givesBoth() throws OrtException {
    Input x = Input.of("x", 2);
    SymbolicTensor y = Dense.units(2).apply(x);
    SymbolicTensor z = Flatten.of().apply(y);
    Model model = Model.of("m", List.of(x), List.of(y, z));

    double difference =
        Exports.check(model, batch -> Map.of("x", Nd4j.ones(DataType.FLOAT, batch, 2)), file());

    assertThat(difference).isLessThan(1e-6);
  }

  @Test
  void save_ofOpsThatDependOnTheBatchSize_isRefused() {
    Model model =
        Model.sequential(
            "m",
            Input.of("x", 2),
            Lambda.of((ops, in) -> ops.scale(in.get(0), in.get(0).shape().size(0))).named("odd"));

    assertThatThrownBy(() -> OnnxFile.save(model, file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Model \"m\" has no ONNX form with an open batch axis: its ops depend on how many"
                + " samples a batch has (odd: ")
        .hasMessageEndingWith(
            "save it for one size with SameDiffFile.save(model, batchSize, file)");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void save_ofMoreThanAFileHolds_isRefusedBeforeWeightsAreRead() {
    Model model =
        Model.sequential("large", Input.of("x", 1 << 15), Dense.units(1 << 15).bias(false));

    assertThatThrownBy(() -> OnnxFile.save(model, file()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Model \"large\" cannot be exported: its weights take 4294967296 bytes, and one ONNX"
                + " file holds less than 2 GB");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void save_overAnEarlierExport_replacesItAndLeavesNothingElse() {
    OnnxFile.save(generator(), file());

    saved(Model.sequential("other", Input.of("x", 2), Dense.units(1)));

    assertThat(folder.toFile().list()).containsExactly("net.onnx");
  }

  @Test
  void save_intoAFolderThatIsNotThere_isRefused() {
    Path nowhere = folder.resolve("none/net.onnx");

    assertThatThrownBy(() -> OnnxFile.save(generator(), nowhere))
        .isInstanceOf(DataFileException.class)
        .hasMessageStartingWith(nowhere + ": cannot be written (")
        .hasMessageContaining("is its folder there and writable");
    assertThat(Files.exists(nowhere)).isFalse();
  }
}
