package dev.tandem.docs;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.tandem.core.activation.Activations;
import dev.tandem.core.graph.Input;
import dev.tandem.core.io.Npz;
import dev.tandem.core.io.Safetensors;
import dev.tandem.core.io.TensorFile;
import dev.tandem.core.layer.Conv2D;
import dev.tandem.core.layer.Dense;
import dev.tandem.core.layer.GlobalAveragePooling2D;
import dev.tandem.core.layer.Reshape;
import dev.tandem.core.model.Model;
import dev.tandem.core.train.Predictor;
import dev.tandem.gan.metric.FeatureExtractor;
import dev.tandem.gan.metric.Features;
import dev.tandem.gan.metric.Fid;
import dev.tandem.gan.metric.ImagePipeline;
import dev.tandem.gan.metric.RealFeatures;
import dev.tandem.gan.metric.Score;
import dev.tandem.onnx.OnnxFile;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The page on files for other programs, and what the page on metrics says of ONNX. */
class ExportPageTest {

  @TempDir Path folder;

  private static Model net() {
    return Model.sequential(
            "generator",
            Input.of("noise", 8),
            Dense.units(16).activation(Activations.tanh()).named("fc"),
            Reshape.of(4, 4, 1).named("image"))
        .initialize(1);
  }

  @Test
  void onnx_isRunByOnnxRuntime() throws OrtException {
    Model generator = net();
    float[] numbers = new float[16];
    numbers[3] = 1;
    // region onnx
    OnnxFile.save(generator, Map.of("data", "my cats"), folder.resolve("generator.onnx"));
    // endregion
    float[][][][] images;
    // region runtime
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession net = environment.createSession(folder.resolve("generator.onnx").toString());
        OnnxTensor noise =
            OnnxTensor.createTensor(environment, FloatBuffer.wrap(numbers), new long[] {2, 8});
        OrtSession.Result result = net.run(Map.of("noise", noise))) {
      images = (float[][][][]) result.get(0).getValue(); // (2, 4, 4, 1)
    }
    // endregion
    try (Predictor predictor = Predictor.of(generator)) {
      INDArray expected = predictor.predict(Nd4j.createFromArray(numbers).reshape(2, 8));
      assertThat(Nd4j.createFromArray(images).equalsWithEps(expected, 1e-6)).isTrue();
    }
  }

  @Test
  void weights_goThroughFilesOfOtherLanguages() {
    Model generator = net();
    Model other = net().copy("other");
    // region weights
    Safetensors.save(generator, folder.resolve("generator.safetensors"));
    Npz.save(generator, folder.resolve("generator.npz"));

    TensorFile.open(folder.resolve("generator.safetensors")).load(other);
    // endregion
    assertThat(other.weight("fc/kernel").values())
        .isEqualTo(generator.weight("fc/kernel").values());
    Path file = folder.resolve("generator.npz");
    // region foreign
    TensorFile.open(file)
        .renamed(
            name -> name.replace("linear.weight", "fc/kernel").replace("linear.bias", "fc/bias"))
        .permuted("fc/kernel", 0, 1) // (1, 0) for a Linear of PyTorch, (2, 3, 1, 0) for a Conv2d
        .converted() // halves and doubles to what the model has
        .leavingOthers() // as num_batches_tracked
        .load(generator);
    // endregion
    assertThat(generator.weight("fc/bias").values()).isEqualTo(other.weight("fc/bias").values());
  }

  @Test
  void metrics_throughAnOnnxFile_nameItAndItsPipeline() {
    Path inception = folder.resolve("inception-v3.onnx");
    Model small =
        Model.sequential(
            "small",
            Input.of("image", 9, 9, 3),
            Conv2D.filters(4).kernel(3),
            GlobalAveragePooling2D.of().named("features"));
    OnnxFile.save(small.initialize(1), inception);
    INDArray images = Nd4j.rand(DataType.FLOAT, 40, 8, 8, 3);
    INDArray generated = Nd4j.rand(DataType.FLOAT, 20, 8, 8, 3);
    Score fid;
    // region extractor
    try (FeatureExtractor net = FeatureExtractor.onnx(inception, ImagePipeline.pytorchFid())) {
      Features all = net.extract(images); // (n, height, width, channels) in [-1, 1]
      RealFeatures real = new RealFeatures(all.slice(0, 20), all.slice(20, 40));
      fid = Fid.measure(real, net.extract(generated), 1);
    }
    // endregion
    assertThat(fid.toString()).contains("in inception-v3 (rounded, bilinear, [0, 1]) ");
  }
}
