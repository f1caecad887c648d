package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnxruntime.OrtException;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.layer.LayerSample;
import dev.tandem.core.layer.LayerSamples;
import dev.tandem.core.model.Model;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Every kind of layer in ONNX Runtime, against Tandem's own predictor. */
class LayersTest {

  /** Code of users that is written in SameDiff's words. */
  private static final ImmutableSet<String> REFUSED =
      ImmutableSet.of("samediff", "samediff with weights");

  /** They run; what they draw there are the runtime's numbers. */
  private static final ImmutableSet<String> RANDOM =
      ImmutableSet.of("Tensors.randomNormal", "Tensors.randomUniform");

  @TempDir Path folder;

  @Test
  void layers_inOnnxRuntime_predictWhatTheyPredictHere() throws OrtException {
    Map<String, Double> differences = new TreeMap<>();
    for (LayerSample sample : LayerSamples.all()) {
      if (!REFUSED.contains(sample.title())) {
        LayerSample rounded = sample.ofType(DataType.FLOAT);
        Model model = rounded.model("model", rounded.layer());
        RandomWeights.draw(model);
        double difference =
            Exports.check(model, batch -> inputs(rounded, model, batch), folder.resolve("net"));
        differences.put("" + sample, RANDOM.contains(sample.title()) ? 0 : difference);
      }
    }

    assertThat(differences).hasSizeGreaterThan(120);
    assertThat(differences.values()).allMatch(difference -> difference < 1e-5);
  }

  @Test
  void layers_ofSameDiffCode_areRefusedBeforeAnythingIsWritten() {
    for (LayerSample sample : LayerSamples.all()) {
      if (REFUSED.contains(sample.title())) {
        Model model = sample.model("model", sample.layer());
        Path file = folder.resolve("refused.onnx");

        assertThatThrownBy(() -> OnnxFile.save(model, file))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessage(
                "Model \"model\" cannot be exported: ONNX has no form for the ops of [sd: sd];"
                    + " write these layers with Tandem's own ops, or save the model for Java with"
                    + " SameDiffFile.save(model, batchSize, file)");
        assertThat(Files.exists(file)).isFalse();
      }
    }
  }

  private static Map<String, INDArray> inputs(LayerSample sample, Model model, long batch) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    List<INDArray> values = sample.values(1, batch);
    for (String name : model.inputs().keySet()) {
      INDArray array = values.get(inputs.size());
      inputs.put(name, array.dataType().isFPType() ? array.castTo(DataType.FLOAT) : array);
    }
    return inputs;
  }
}
