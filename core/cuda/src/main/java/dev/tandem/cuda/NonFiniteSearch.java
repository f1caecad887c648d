package dev.tandem.cuda;

import dev.tandem.core.backend.FiniteProbe;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.cuda.memory.Binding;
import dev.tandem.cuda.memory.Holding;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Finds the task that makes the first NaN or infinity, by running them one at a time. */
final class NonFiniteSearch {

  private NonFiniteSearch() {}

  static Optional<OpCall> in(List<Task> tasks, Binding binding, Holding holding) {
    for (Task task : tasks) {
      try (Holding once = holding.forAWhile()) {
        binding.sequence(List.of(task), once).run();
      }
      for (BufferView output : task.outputs()) {
        if (!isFinite(output, binding, holding)) {
          return Optional.of(task.call());
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isFinite(BufferView output, Binding binding, Holding holding) {
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
