package dev.tandem.cuda;

import dev.tandem.core.backend.FiniteProbe;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.samediff.SameDiffEngine;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.cuda.device.Device;
import dev.tandem.cuda.memory.CudaBinding;
import dev.tandem.cuda.memory.Holding;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds the task that makes the first NaN or infinity, by running them one at a time. */
final class NonFiniteSearch {

  private NonFiniteSearch() {}

  static Optional<Task> in(List<Task> tasks, CudaBinding binding, Holding holding) {
    try (Holding own = holding.forAWhile()) {
      CudaBinding apart = binding.apart(own);
      for (Task task : tasks) {
        try (Holding once = holding.forAWhile()) {
          apart.sequence(List.of(task), once).run();
        }
        for (BufferView output : task.outputs()) {
          if (!isFinite(output, apart, holding)) {
            return Optional.of(task);
          }
        }
      }
      return Optional.empty();
    }
  }

  /** Whether a task computes inputs of its call itself, one of which may be the first. */
  static boolean reachesBehind(Task task) {
    return !task.choice().inputs(task.call()).equals(task.call().inputs());
  }

  /**
   * The first call that makes NaN or infinity where each call runs by itself: on the host, with the
   * feeds of now.
   */
  static Optional<OpCall> exactly(
      OpGraph graph, Map<String, CudaFeed> feeds, Device device, long seed, long step) {
    try (Program apart = new SameDiffEngine().prepare(graph)) {
      feeds.forEach((name, feed) -> apart.feed(name, feed.now(device)));
      return apart.findNonFinite(seed, step);
    }
  }

  private static boolean isFinite(BufferView output, CudaBinding binding, Holding holding) {
    if (!output.spec().dtype().isFPType() || output.spec().shape().length() == 0) {
      return true;
    }
    INDArray values = OwnedArrays.create(output.spec());
    try {
      long bytes = values.length() * values.dataType().width();
      holding.device().download(binding.address(output), values.data().addressPointer(), bytes);
      return FiniteProbe.isFinite(values);
    } finally {
      OwnedArrays.free(values);
    }
  }
}
