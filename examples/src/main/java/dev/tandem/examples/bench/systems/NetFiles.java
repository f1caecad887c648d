package dev.tandem.examples.bench.systems;

import dev.tandem.examples.bench.measure.Task;
import dev.tandem.onnx.OnnxFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the nets of predictions as ONNX files, for the programs of systems that read them. */
public final class NetFiles {

  private NetFiles() {}

  /** Takes the folder. */
  public static void main(String... args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[0]));
    for (Task task : Task.predictions()) {
      Path file = folder.resolve(task.predictedNet() + ".onnx");
      if (task.predictedRows() == 1) { // one file for all numbers of rows
        OnnxFile.save(TandemPredictions.net(task).initialize(1), file);
      }
    }
  }
}
