package dev.tandem.core.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tandem.core.model.Model;
import dev.tandem.core.tensor.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Holds layers against what Keras computes for equal inputs and weights, on both engines, in
 * float64 and in float32, for which the fast kernels are. {@code keras_layers.py} beside the
 * numbers made those of Keras itself, {@code keras_formulas.py} the others, with NumPy from the
 * formulas of Keras's documentation.
 */
class KerasNumbersTest {

  private static final JsonNode NUMBERS = numbers();
  private static final long BATCH = 2;
  private static final double TOLERANCE = 1e-7;
  private static final double FLOAT_TOLERANCE = 2e-5;

  /**
   * Layers that are random, not Keras's, or have an option that Keras has not, and those whose
   * numbers are by hand (GanLayersTest, SpectralNormalizationTest, StyleLayersTest and
   * ConditionalBatchNormalizationTest) or by their papers' formulas (PublishedNumbersTest).
   */
  private static final Set<String> WITHOUT =
      Set.of(
          "dropout",
          "noise",
          "dropout of channels",
          "dropout of channels of images",
          "lambda",
          "samediff",
          "samediff with weights",
          "frozen batch norm by batch",
          "time distributed batch norm",
          "group norm",
          "group norm of vectors without scale",
          "instance norm",
          "instance norm of sequences",
          "minibatch deviation",
          "minibatch deviation of vectors in twos",
          "conditional batch norm",
          "conditional batch norm of images",
          "frozen conditional batch norm",
          "frozen conditional batch norm by batch",
          "adaptive instance norm",
          "adaptive instance norm of sequences",
          "modulated conv",
          "modulated conv without demodulation",
          "pixel shuffle",
          "pixel shuffle by one",
          "self-attention",
          "self-attention of half the channels",
          "spectral norm of dense",
          "spectral norm of conv",
          "spectral norm of transposed conv in two iterations",
          "spectral norm of an embedding",
          "spectral norm of self-attention",
          "spectral norm of lstm",
          "lora of dense",
          "lora of conv",
          "lora of self-attention",
          "spectral norm at each step");

  static List<LayerSample> samples() {
    return LayerSamples.all().stream()
        .filter(s -> !WITHOUT.contains(s.title()) && !TensorSamples.all().contains(s))
        .toList();
  }

  private static JsonNode numbers() {
    ObjectNode all = numbers("keras_layers.json");
    return all.setAll(numbers("keras_formulas.json"));
  }

  private static ObjectNode numbers(String name) {
    try (InputStream file = KerasNumbersTest.class.getResourceAsStream(name)) {
      return (ObjectNode) new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void numbers_areThereForEverySample() {
    Set<String> titles = samples().stream().map(LayerSample::title).collect(Collectors.toSet());

    assertThat(NUMBERS.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(titles);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void outputs_areKerass(LayerSample sample) {
    assertKerass(sample, sample, TOLERANCE);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void outputs_inFloat32_areKerass(LayerSample sample) {
    assertKerass(sample, sample.ofType(DataType.FLOAT), FLOAT_TOLERANCE);
  }

  private static void assertKerass(LayerSample named, LayerSample sample, double tolerance) {
    JsonNode expected = NUMBERS.get(named.title());
    Layer layer = sample.layer();
    Model model = sample.model("model", layer);
    List<INDArray> inputs = inputs(sample);
    fillWeights(layer, inputs.size());

    ModelRun inference = ModelRun.of(model, false).on(inputs);
    ModelRun training = ModelRun.of(model, true).on(inputs);

    assertThat(Shape.of(training.output().shape())).hasToString(shape(expected.get("shape")));
    assertSame(training.output(), expected.get("training"), tolerance);
    assertSame(
        inference.output(),
        expected.path("inference").isMissingNode()
            ? expected.get("training")
            : expected.get("inference"),
        tolerance);
    for (int i = 0; i < expected.path("others").size(); i++) {
      assertSame(training.outputs().get(i + 1), expected.get("others").get(i), tolerance);
    }
    assertThat(model.countParams()).isEqualTo(expected.get("params").asLong());
    assertThat(training.losses()).isCloseTo(expected.path("penalty").asDouble(), within(tolerance));
    List<Weight> state = layer.weights().stream().filter(w -> !w.isParameter()).toList();
    for (int i = 0; i < state.size(); i++) {
      assertSame(state.get(i).values(), expected.get("state").get(i), tolerance);
    }
  }

  private static List<INDArray> inputs(LayerSample sample) {
    List<INDArray> inputs = new ArrayList<>();
    for (Shape input : sample.inputs()) {
      Shape shape = input.prepend(BATCH);
      inputs.add(
          inputs.size() < sample.floats()
              ? wave(inputs.size(), shape).castTo(sample.dtype())
              : counting(shape, sample.integersBelow()));
    }
    return inputs;
  }

  private static void fillWeights(Layer layer, int first) {
    int k = first;
    for (Weight weight : layer.weights()) {
      INDArray values = wave(k++, weight.shape()).castTo(weight.spec().dtype());
      weight.set(weight.isParameter() ? values : values.muli(0.5).addi(1));
    }
  }

  private static INDArray wave(int k, Shape shape) {
    double[] values = new double[Math.toIntExact(shape.length())];
    Arrays.setAll(values, i -> Math.sin(0.7 * i + k));
    return Nd4j.create(values, shape.toArray(), 'c');
  }

  private static INDArray counting(Shape shape, int below) {
    double[] values = new double[Math.toIntExact(shape.length())];
    Arrays.setAll(values, i -> i % below);
    return Nd4j.create(values, shape.toArray(), 'c').castTo(DataType.INT32);
  }

  private static String shape(JsonNode sizes) {
    return Shape.of(stream(sizes).mapToLong(JsonNode::asLong).toArray()).toString();
  }

  private static void assertSame(INDArray actual, JsonNode expected, double tolerance) {
    assertThat(actual.castTo(DataType.DOUBLE).dup('c').data().asDouble())
        .containsExactly(
            stream(expected).mapToDouble(JsonNode::asDouble).toArray(), within(tolerance));
  }

  private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
