package dev.tandem.keras;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.layer.Layer;
import dev.tandem.core.layer.StandardLayer;
import dev.tandem.core.layer.Weight;
import dev.tandem.core.regularizer.Regularizers;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings of layers are read as both versions of Keras write them. */
class LayerReadersTest {

  private static LayerPlan plan(String type, String config, boolean keras2) {
    Problems problems = new Problems(keras2);
    String text =
        "{\"class_name\": \"%s\", \"config\": {\"name\": \"x\", \"trainable\": true%s}}"
            .replaceFirst("%s", type)
            .replaceFirst("%s", config.isEmpty() ? "" : ", " + config.replace("'", "\""));
    try {
      LayerPlan plan =
          LayerReaders.read(new ObjectMapper().readTree(text), "model \"m\"", problems);
      assertThat(problems.all()).isEmpty();
      return plan;
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private static Layer layer(String type, String config, boolean keras2, long... sample) {
    LayerPlan plan = plan(type, config, keras2);
    plan.call(List.of(Input.of("in", sample)), CallForm.PLAIN);
    return plan.layers().get(plan.layers().size() - 1);
  }

  private static Map<String, Object> settings(Layer layer) {
    return ((StandardLayer<?>) layer).settings().values();
  }

  @ParameterizedTest
  @CsvSource({
    "Dense, 'units', 0",
    "Conv1D, 'filters', 1",
    "Conv1DTranspose, 'filters', 1",
    "Conv2D, 'filters', 2",
    "Conv2DTranspose, 'filters', 2",
    "Conv3D, 'filters', 3",
    "Conv3DTranspose, 'filters', 3",
    "DepthwiseConv2D, 'depth_multiplier', 2",
    "SeparableConv1D, 'filters', 1",
    "SeparableConv2D, 'filters', 2"
  })
  void regularizers_ofOutputs_areReadForAllLayersWithKernels(String type, String size, int axes) {
    long[] sample = new long[axes + 1];
    Arrays.fill(sample, 6);
    String l2 = "{'class_name': 'L2', 'config': {'l2': 0.5}}";
    String kernel = axes == 0 ? "" : ", 'kernel_size': " + Collections.nCopies(axes, 2);
    String config = "'" + size + "': 2" + kernel + ", 'activity_regularizer': " + l2;
    assertThat(settings(layer(type, config, false, sample)))
        .containsEntry("activityRegularizer", Regularizers.l2(0.5));
  }

  private static final String LEAKY =
      "{'module': 'keras.layers', 'class_name': 'LeakyReLU', 'registered_name': null,"
          + " 'config': {'name': 'l', 'negative_slope': 0.1}}";

  @Test
  void activations_areNamesOrObjects() {
    assertThat(settings(layer("Dense", "'units': 2, 'activation': 'silu'", false, 3)))
        .containsEntry("activation", Activations.swish());
    assertThat(settings(layer("Dense", "'units': 2, 'activation': " + LEAKY, false, 3)))
        .containsEntry("activation", Activations.leakyRelu(0.1));
    assertThat(
            settings(
                layer(
                    "Dense",
                    "'units': 2, 'activation': {'module': 'builtins', 'class_name': 'function',"
                        + " 'config': 'relu', 'registered_name': 'relu'}",
                    false,
                    3)))
        .containsEntry("activation", Activations.relu());
    assertThat(
            settings(
                layer(
                    "Dense",
                    "'units': 2, 'activation': {'class_name': 'ReLU', 'config': {'name': 'r',"
                        + " 'max_value': 6.0, 'negative_slope': 0.0, 'threshold': 0.0}}",
                    false,
                    3)))
        .containsEntry("activation", Activations.cappedRelu(6));
    assertThat(settings(layer("Dense", "'units': 2, 'activation': 'linear'", false, 3)))
        .doesNotContainKey("activation");
  }

  @Test
  void constants_thatDifferBetweenTheVersions_goByTheVersion() {
    String gates = "'units': 2, 'recurrent_activation': 'hard_sigmoid'";
    assertThat(settings(layer("LSTM", gates, true, 4, 3)))
        .containsEntry("recurrentActivation", Activations.hardSigmoid(0.2));
    assertThat(settings(layer("LSTM", gates, false, 4, 3)))
        .containsEntry("recurrentActivation", Activations.hardSigmoid(1 / 6.));
    assertThat(settings(layer("LeakyReLU", "'alpha': 0.25", true, 3)))
        .containsEntry("activation", Activations.leakyRelu(0.25));
    assertThat(settings(layer("LeakyReLU", "'negative_slope': 0.25", false, 3)))
        .containsEntry("activation", Activations.leakyRelu(0.25));
    assertThat(settings(layer("LeakyReLU", "", false, 3)))
        .containsEntry("activation", Activations.leakyRelu(0.3));
  }

  @Test
  void defaults_areThoseOfKeras() {
    assertThat(layer("MaxPooling2D", "'pool_size': [3, 2], 'strides': null", false, 9, 8, 1))
        .satisfies(pool -> assertThat(settings(pool)).containsEntry("window", List.of(3, 2)))
        .satisfies(pool -> assertThat(settings(pool)).doesNotContainKey("stride"));
    assertThat(settings(layer("BatchNormalization", "'axis': [3]", true, 4, 4, 2)).toString())
        .contains("momentum=0.99")
        .contains("epsilon=0.001");
    assertThat(settings(layer("GroupNormalization", "'groups': -1", false, 4, 4, 6)))
        .containsEntry("groups", 6);
    assertThat(settings(layer("Conv2D", "'filters': 2, 'kernel_size': 3", false, 8, 8, 1)))
        .containsEntry("kernel", List.of(3, 3))
        .containsEntry("stride", List.of(1, 1))
        .containsEntry("bias", true);
  }

  @Test
  void penalties_areKept_andTheRestIsRemarked() {
    LayerPlan plan =
        plan(
            "Dense",
            "'units': 2, 'kernel_regularizer': {'class_name': 'L1L2', 'config': {'l1': 0.0, 'l2':"
                + " 0.5}}, 'bias_regularizer': {'class_name': 'OrthogonalRegularizer', 'config':"
                + " {}}, 'kernel_constraint': {'class_name': 'MaxNorm', 'config': {}}",
            false);
    plan.call(List.of(Input.of("in", 3)), CallForm.PLAIN);

    Weight kernel = plan.layers().get(0).weight("kernel");
    assertThat(kernel.regularizer()).isEqualTo(Regularizers.l1l2(0, 0.5));
    assertThat(plan.notes())
        .anyMatch(note -> note.startsWith("bias_regularizer OrthogonalRegularizer is left out"))
        .anyMatch(note -> note.startsWith("kernel_constraint MaxNorm is left out"))
        .hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "mixed_float16, 'computes in float32, not in mixed_float16'",
    "bfloat16, 'computes in float32, not in bfloat16'"
  })
  void halfPrecision_isRemarked(String policy, String note) {
    assertThat(plan("Dense", "'units': 2, 'dtype': '" + policy + "'", true).notes())
        .containsExactly(note);
    assertThat(
            plan(
                    "Dense",
                    "'units': 2, 'dtype': {'module': 'keras', 'class_name': 'DTypePolicy',"
                        + " 'config': {'name': '"
                        + policy
                        + "'}}",
                    false)
                .notes())
        .containsExactly(note);
  }

  @ParameterizedTest
  @CsvSource({"Rescaling", "RandomFlip", "SpatialDropout2D", "Identity"})
  void layers_thatOnlyScaleOrWait_keepTheShape(String type) {
    LayerPlan plan =
        plan(type, type.equals("Rescaling") ? "'scale': 0.5, 'offset': -1" : "", false);
    SymbolicTensor image = Input.of("image", 4, 4, 3);

    assertThat(plan.call(List.of(image), CallForm.PLAIN).get(0).shape()).isEqualTo(image.shape());
  }

  @Test
  void aDense_onSequences_sharesItsWeightsWithOneOnRows() {
    LayerPlan plan = plan("Dense", "'units': 2", false);
    SymbolicTensor rows = plan.call(List.of(Input.of("rows", 3)), CallForm.PLAIN).get(0);
    SymbolicTensor steps = plan.call(List.of(Input.of("steps", 4, 3)), CallForm.PLAIN).get(0);
    SymbolicTensor pixels = plan.call(List.of(Input.of("pixels", 5, 4, 3)), CallForm.PLAIN).get(0);

    assertThat(rows.shape().toArray()).containsExactly(-1, 2);
    assertThat(steps.shape().toArray()).containsExactly(-1, 4, 2);
    assertThat(pixels.shape().toArray()).containsExactly(-1, 5, 4, 2);
    assertThat(Slot.of(plan.layers())).hasSize(2);
  }
}
