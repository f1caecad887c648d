package dev.tandem.bench.onnxruntime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import dev.tandem.examples.bench.measure.BenchData;
import dev.tandem.examples.bench.measure.Machine;
import dev.tandem.examples.bench.measure.Workload;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Predictions of one net. */
final class OrtPredictions implements Workload {

  private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
  private final OrtSession session;
  private final String name;
  private final List<OnnxTensor> inputs = new ArrayList<>();

  OrtPredictions(Path file, int rows) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(Integer.parseInt(Machine.threads()));
    options.setInterOpNumThreads(1);
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    session = environment.createSession(file.toString(), options);
    name = session.getInputNames().iterator().next();
    long[] shape = ((TensorInfo) session.getInputInfo().get(name).getInfo()).getShape();
    shape[0] = rows;
    int length = Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b));
    for (float[] values : BenchData.normal(length)) {
      inputs.add(OnnxTensor.createTensor(environment, FloatBuffer.wrap(values), shape));
    }
  }

  @Override
  public double[] step(int number) {
    try (OrtSession.Result result = session.run(Map.of(name, inputs.get(number % inputs.size())))) {
      return new double[] {((OnnxTensor) result.get(0)).getFloatBuffer().get(0)};
    } catch (OrtException e) {
      throw new IllegalStateException("the net does not run", e);
    }
  }

  @Override
  public void close() {
    // The process ends with the measurement.
  }
}
