package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.tensor.TensorSpec;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.factory.Nd4j;

/** Times the kernels of a plan one by one. */
final class Profiler {

  private final List<BoundTask> tasks;
  private final long[][] nanos;

  Profiler(List<BoundTask> tasks, int runs) {
    this.tasks = tasks;
    this.nanos = new long[tasks.size()][runs];
  }

  /** One timed run of all kernels. */
  void run(int index) {
    for (int i = 0; i < tasks.size(); i++) {
      long begin = System.nanoTime();
      tasks.get(i).kernel().run();
      Nd4j.getExecutioner().commit();
      nanos[i][index] = System.nanoTime() - begin;
    }
  }

  /** The entries, with the median times of the runs. */
  ImmutableList<PlanProfile.Entry> entries() {
    ImmutableList.Builder<PlanProfile.Entry> entries = ImmutableList.builder();
    for (int i = 0; i < tasks.size(); i++) {
      entries.add(entry(tasks.get(i).task(), median(nanos[i]) / 1e3));
    }
    return entries.build();
  }

  private static double median(long[] times) {
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
  }

  private static PlanProfile.Entry entry(Task task, double micros) {
    ImmutableList<TensorSpec> inputs = specs(task.inputs());
    ImmutableList<TensorSpec> outputs = specs(task.outputs());
    return new PlanProfile.Entry(
        task.label(),
        task.library(),
        task.call().origin(),
        inputs,
        outputs,
        bytes(inputs) + bytes(outputs),
        micros);
  }

  private static ImmutableList<TensorSpec> specs(List<BufferView> views) {
    return views.stream().map(BufferView::spec).collect(ImmutableList.toImmutableList());
  }

  private static long bytes(List<TensorSpec> specs) {
    return specs.stream().mapToLong(s -> s.shape().length() * s.dtype().width()).sum();
  }
}
