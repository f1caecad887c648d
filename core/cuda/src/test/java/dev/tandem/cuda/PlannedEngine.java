package dev.tandem.cuda;

import dev.tandem.core.engine.TaskPlan;
import dev.tandem.core.engine.pass.Pass;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.Engine;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Program;
import dev.tandem.core.tensor.OwnedArrays;
import dev.tandem.cuda.kernel.CudaKernels;
import dev.tandem.cuda.kernel.HostCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An engine that plans each graph for a card and computes nothing: all outputs are 0. */
final class PlannedEngine implements Engine {

  private final List<TaskPlan> plans = new ArrayList<>();

  /** All plans so far. */
  List<TaskPlan> plans() {
    return plans;
  }

  /** The calls so far that the host would run. */
  List<OpCall> hostCalls() {
    return plans.stream()
        .flatMap(plan -> plan.tasks().stream())
        .filter(task -> task.choice() instanceof HostCode)
        .map(Task::call)
        .toList();
  }

  @Override
  public Program prepare(OpGraph graph) {
    plans.add(TaskPlan.of(graph, List.of(new CudaKernels()), EnumSet.allOf(Pass.class)));
    return new Planned(graph);
  }

  private record Planned(OpGraph graph) implements Program {

    @Override
    public void feed(String name, INDArray values) {}

    @Override
    public void feed(String name, double value) {}

    @Override
    public void run(long seed, long step) {}

    @Override
    public INDArray output(String name) {
      return OwnedArrays.create(graph.outputs().get(name).spec()).assign(0);
    }

    @Override
    public double scalar(String name) {
      return 0;
    }

    @Override
    public Optional<OpCall> findNonFinite(long seed, long step) {
      return Optional.empty();
    }

    @Override
    public void close() {}
  }
}
