package dev.tandem.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** A file in ONNX Runtime. */
final class RuntimeNet implements AutoCloseable {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;

  RuntimeNet(Path file) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    this.session = environment.createSession(file.toString(), options);
  }

  OrtSession session() {
    return session;
  }

  Map<String, INDArray> run(Map<String, INDArray> inputs) throws OrtException {
    Map<String, OnnxTensor> given = new LinkedHashMap<>();
    for (Map.Entry<String, INDArray> input : inputs.entrySet()) {
      given.put(input.getKey(), tensor(input.getValue().dup('c')));
    }
    Map<String, INDArray> outputs = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(given)) {
      for (Map.Entry<String, ai.onnxruntime.OnnxValue> output : result) {
        outputs.put(output.getKey(), array((OnnxTensor) output.getValue()));
      }
    } finally {
      given.values().forEach(OnnxTensor::close);
    }
    return outputs;
  }

  private OnnxTensor tensor(INDArray array) throws OrtException {
    long[] shape = array.shape();
    return switch (array.dataType()) {
      case FLOAT ->
          OnnxTensor.createTensor(environment, FloatBuffer.wrap(array.data().asFloat()), shape);
      case DOUBLE ->
          OnnxTensor.createTensor(environment, DoubleBuffer.wrap(array.data().asDouble()), shape);
      case INT -> OnnxTensor.createTensor(environment, IntBuffer.wrap(array.data().asInt()), shape);
      default ->
          OnnxTensor.createTensor(environment, LongBuffer.wrap(array.data().asLong()), shape);
    };
  }

  private static INDArray array(OnnxTensor tensor) {
    TensorInfo info = tensor.getInfo();
    long[] shape = info.getShape();
    DataType type =
        switch (info.type) {
          case FLOAT -> DataType.FLOAT;
          case DOUBLE -> DataType.DOUBLE;
          case INT32 -> DataType.INT32;
          default -> DataType.INT64;
        };
    INDArray array = Nd4j.createUninitialized(type, shape, 'c');
    for (long i = 0; i < array.length(); i++) {
      array.data().put(i, number(tensor, info.type, (int) i));
    }
    return array;
  }

  private static double number(OnnxTensor tensor, OnnxJavaType type, int index) {
    return switch (type) {
      case FLOAT -> tensor.getFloatBuffer().get(index);
      case DOUBLE -> tensor.getDoubleBuffer().get(index);
      case INT32 -> tensor.getIntBuffer().get(index);
      default -> tensor.getLongBuffer().get(index);
    };
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
