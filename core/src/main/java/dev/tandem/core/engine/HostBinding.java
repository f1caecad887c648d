package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.HostKernelChoice;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.StepClock;
import dev.tandem.core.engine.task.Buffer;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.PlanChoice;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The way from decisions to what runs: buffers become arrays, choices become kernels. */
final class HostBinding {

  private final TaskPlan plan;
  private final NativeScope scope;
  private final StepClock clock = new StepClock();
  private final HostMemory memory;

  HostBinding(TaskPlan plan, NativeScope scope) {
    this.plan = plan;
    this.scope = scope;
    this.memory = new HostMemory(plan.memory(), scope);
  }

  /**
   * The plan that runs; constants are computed.
   *
   * @param threads the most that a run uses
   */
  Plan bind(OptionalInt threads) {
    plan.variables().forEach(this::place);
    ConstantSetup.run(plan.setup(), memory, scope);
    plan.feeds().values().forEach(memory::placeAlone);
    placeOutputs();
    List<BoundTask> bound = new ArrayList<>();
    plan.tasks().forEach(task -> bound.add(bind(task)));
    ImmutableList<Variable> assigned =
        plan.source().assignments().stream()
            .map(OpGraph.Assignment::target)
            .collect(ImmutableList.toImmutableList());
    return new Plan(
        plan,
        ImmutableList.copyOf(bound),
        arrays(plan.feeds()),
        arrays(plan.outputs()),
        assigned,
        clock,
        threads,
        scope);
  }

  private void place(Variable variable, Buffer buffer) {
    scope.use(variable);
    memory.place(buffer, variable.array());
  }

  private void placeOutputs() {
    for (Task task : plan.tasks()) {
      for (BufferView output : task.outputs()) {
        if (output.buffer().home() == Buffer.Home.OUTPUT) {
          memory.placeAlone(output);
        }
      }
    }
  }

  private ImmutableMap<String, INDArray> arrays(Map<String, BufferView> views) {
    return ImmutableMap.copyOf(Maps.transformValues(views, memory::array));
  }

  private BoundTask bind(Task task) {
    Binding binding =
        new Binding(
            task.call(),
            memory.arrays(task.inputs()),
            memory.arrays(task.outputs()),
            memory.arrays(task.scratch()),
            scope.constants(),
            clock);
    return new BoundTask(task, scope.own(kernel(task, binding)), binding);
  }

  /** What runs a task. */
  static Kernel kernel(Task task, Binding binding) {
    if (task.choice() instanceof HostKernelChoice choice) {
      return choice.bind(binding);
    } else if (task.choice() == PlanChoice.COPY) {
      INDArray from = binding.in(0);
      INDArray to = binding.out();
      return () -> to.assign(from);
    }
    throw new IllegalStateException(
        "the library \""
            + task.library()
            + "\" has no kernels for arrays, but "
            + task.choice().getClass().getName()
            + " for "
            + task.label()
            + "; its choices have to be "
            + HostKernelChoice.class.getSimpleName()
            + "s");
  }
}
