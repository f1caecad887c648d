package dev.tandem.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.tandem.core.graph.SymbolicTensor;
import dev.tandem.core.model.Model;
import dev.tandem.core.op.random.CounterRandom;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.train.Predictor;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Models held against their exports. */
public final class Exports {

  private Exports() {}

  /**
   * Exports a model, looks at the file, and runs it for two sizes of batches.
   *
   * @param inputs by name, for a number of samples
   * @return the largest difference, as a share of what is larger than 1
   */
  static double check(Model model, LongFunction<Map<String, INDArray>> inputs, Path file)
      throws OrtException {
    OnnxFile.save(model, file);
    Structure.check(file);
    double worst = 0;
    try (RuntimeNet net = new RuntimeNet(file);
        Predictor predictor = Predictor.of(model)) {
      assertThat(net.session().getInputNames()).containsExactlyElementsOf(model.inputs().keySet());
      assertThat(net.session().getOutputNames())
          .containsExactlyElementsOf(model.outputs().keySet());
      for (long batch : new long[] {3, 4}) {
        Map<String, INDArray> given = inputs.apply(batch);
        Map<String, INDArray> actual = net.run(given);
        for (Map.Entry<String, INDArray> expected : predictor.predict(given).entrySet()) {
          worst = Math.max(worst, difference(expected.getValue(), actual.get(expected.getKey())));
        }
      }
    }
    return worst;
  }

  /**
   * Gives a model weights that all tell, exports it, looks at the file, and runs it on random
   * inputs for two sizes of batches.
   *
   * @return the largest difference, as a share of what is larger than 1
   */
  public static double check(Model model, Path file) throws OrtException {
    RandomWeights.draw(model);
    return check(model, batch -> inputs(model, batch), file);
  }

  /** Normal numbers, and three classes in turns. */
  private static Map<String, INDArray> inputs(Model model, long batch) {
    Map<String, INDArray> inputs = new LinkedHashMap<>();
    for (Map.Entry<String, SymbolicTensor> input : model.inputs().entrySet()) {
      Shape shape = input.getValue().shape().withBatch(batch);
      DataType type = input.getValue().spec().dtype();
      INDArray array = Nd4j.zeros(type, shape.toArray());
      if (type.isFPType()) {
        CounterRandom.of(7).normal(array);
      } else {
        for (long i = 0; i < array.length(); i++) {
          array.data().put(i, i % 3);
        }
      }
      inputs.put(input.getKey(), array);
    }
    return inputs;
  }

  private static double difference(INDArray expected, INDArray actual) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    assertThat(actual.dataType()).isEqualTo(expected.dataType());
    INDArray a = expected.castTo(DataType.DOUBLE);
    INDArray b = actual.castTo(DataType.DOUBLE);
    double worst = 0;
    for (long i = 0; i < a.length(); i++) {
      double size = Math.max(1, Math.abs(a.getDouble(i)));
      double off = Math.abs(a.getDouble(i) - b.getDouble(i)) / size;
      worst = Math.max(worst, Double.isNaN(off) ? Double.MAX_VALUE : off);
    }
    return worst;
  }
}
