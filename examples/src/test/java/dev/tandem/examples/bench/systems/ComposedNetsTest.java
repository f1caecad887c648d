package dev.tandem.examples.bench.systems;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtException;
import dev.tandem.examples.bench.measure.Task;
import dev.tandem.examples.bench.measure.Workload;
import dev.tandem.onnx.Exports;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ComposedNetsTest {

  @ParameterizedTest
  @EnumSource(
      value = Task.class,
      names = {"SIAMESE", "TRANSFORMER"})
  void stepsOnOneBatch_lowerItsLoss(Task task) {
    try (Workload workload = Contender.TANDEM.make(task)) {
      double first = workload.step(0)[0];
      for (int step = 0; step < 3; step++) {
        workload.step(0);
      }
      assertThat(workload.step(0)[0]).isLessThan(first);
    }
  }

  @Test
  void resnet20_hasThePapersNumberOfWeights() {
    // .27 M with shortcuts that have none (He et al., 2015, table 6); projections add 2,560 + 384
    assertThat(ComposedNets.resnet20().initialize(1).countParams()).isBetween(270_000L, 278_000L);
  }

  @Test
  void netsInFiles_predictInOnnxRuntimeWhatTheyPredictHere(@TempDir Path folder)
      throws IOException, OrtException {
    NetFiles.main(folder.toString());
    assertThat(folder.resolve("generator28.onnx")).exists();
    assertThat(folder.resolve("resnet20.onnx")).exists();
    assertThat(Exports.check(ComposedNets.resnet20().initialize(1), folder.resolve("net.onnx")))
        .isLessThan(1e-5);
  }
}
