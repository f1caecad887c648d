package dev.tandem.bench.onnxruntime;

import ai.onnxruntime.OrtException;
import dev.tandem.examples.bench.measure.Program;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Unsupported;
import dev.tandem.examples.bench.measure.Workload;
import java.nio.file.Path;

/** Measures ONNX Runtime. {@code -Dtandem.bench.nets=FOLDER} says where the files of nets lie. */
public final class OrtProgram {

  private OrtProgram() {}

  /** Takes WORKLOAD, ITERS and WARMUP. */
  public static void main(String... args) {
    new Program("onnxruntime", OrtProgram::make).main(args);
  }

  private static Workload make(Task task) {
    if (!task.predicts()) {
      throw new Unsupported("it makes predictions alone");
    }
    Path file = Path.of(System.getProperty("tandem.bench.nets"), task.predictedNet() + ".onnx");
    try {
      return new OrtPredictions(file, task.predictedRows());
    } catch (OrtException e) {
      throw new IllegalStateException(file + " does not open", e);
    }
  }
}
