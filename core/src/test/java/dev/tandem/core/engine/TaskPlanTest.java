package dev.tandem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSet;
import dev.tandem.core.engine.kernel.KernelChoice;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.UseCounts;
import dev.tandem.core.engine.memory.MemoryPlan;
import dev.tandem.core.engine.pass.Pass;
import dev.tandem.core.engine.task.Buffer;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.op.Composite;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Ops;
import dev.tandem.core.op.Scale;
import dev.tandem.core.op.Value;
import dev.tandem.core.op.activation.ActivationOps;
import dev.tandem.core.tensor.Shape;
import dev.tandem.core.tensor.TensorSpec;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;

/** Plans as data: made for libraries that have no kernels at all. */
class TaskPlanTest {

  private static final Set<Pass> ALL = ImmutableSet.copyOf(EnumSet.allOf(Pass.class));

  /** Offers to run everything, in a memory that is not the host's; counts who asks. */
  private static class Elsewhere implements KernelLibrary {

    final Map<OpCall, Integer> asked = new HashMap<>();

    @Override
    public String name() {
      return "elsewhere";
    }

    @Override
    public @Nullable KernelChoice choose(OpCall call, UseCounts uses) {
      asked.merge(call, 1, Integer::sum);
      return new KernelChoice() {
        @Override
        public boolean mayShare(int output, int input) {
          return call.op() instanceof Scale;
        }
      };
    }
  }

  private static OpGraph step() {
    Nets g = new Nets("g", DataType.FLOAT).dense(5, 16).relu().view(4, 4, 1).tanh();
    Nets d = new Nets("d", DataType.FLOAT).conv(1, 3, 3, 2).leakyRelu().view(12).dense(12, 1);
    return new Steps.Gan(g, d, DataType.FLOAT, 5, 4, Shape.of(4, 4, 1)).discriminatorStep();
  }

  @Test
  void plan_forMemoryElsewhere_hasAPlaceForEveryValueOfTheArena() {
    TaskPlan plan = TaskPlan.of(step(), List.of(new Elsewhere()), ALL);
    MemoryPlan memory = plan.memory();
    Set<Buffer> written = new HashSet<>();
    for (Task task : plan.tasks()) {
      for (BufferView input : task.inputs()) {
        Buffer buffer = input.buffer();
        assertThat(
                written.contains(buffer)
                    || buffer.home() != Buffer.Home.ARENA && buffer.home() != Buffer.Home.OUTPUT)
            .as("%s reads what is there", task)
            .isTrue();
      }
      for (BufferView output : task.outputs()) {
        written.add(output.buffer());
        Buffer root = memory.hosts().root(output.buffer());
        if (root.home() == Buffer.Home.ARENA) {
          long end = memory.begins().get(root) + root.length();
          assertThat(end).isLessThanOrEqualTo(memory.arenas().get(root.dtype()));
          assertThat(memory.begins().get(root) % MemoryPlan.unit(root.dtype())).isZero();
        }
      }
    }
    assertThat(plan.feeds().keySet()).isEqualTo(step().feeds().keySet());
    assertThat(plan.outputs().values())
        .allSatisfy(view -> assertThat(view.buffer().home()).isEqualTo(Buffer.Home.OUTPUT));
    assertThat(plan.tasks().stream().flatMap(task -> task.outputs().stream()))
        .as("weights are written in place")
        .anyMatch(view -> memory.hosts().home(view.buffer()) == Buffer.Home.VARIABLE);
  }

  @Test
  void valuesThatLiveAtTheSameTime_neverOverlap() {
    TaskPlan plan = TaskPlan.of(step(), List.of(new Elsewhere()), ALL);
    Map<Buffer, int[]> lives = new HashMap<>();
    for (int i = 0; i < plan.tasks().size(); i++) {
      Task task = plan.tasks().get(i);
      for (List<BufferView> used : List.of(task.inputs(), task.outputs(), task.scratch())) {
        for (BufferView view : used) {
          Buffer root = plan.memory().hosts().root(view.buffer());
          int now = i;
          lives.computeIfAbsent(root, b -> new int[] {now, now})[1] = now;
        }
      }
    }
    Set<Buffer> placed = plan.memory().begins().keySet();
    assertThat(placed).isNotEmpty();
    for (Buffer a : placed) {
      for (Buffer b : placed) {
        boolean meet = lives.get(a)[0] <= lives.get(b)[1] && lives.get(b)[0] <= lives.get(a)[1];
        if (a != b && a.dtype() == b.dtype() && meet) {
          long beginA = plan.memory().begins().get(a);
          long beginB = plan.memory().begins().get(b);
          assertThat(beginA >= beginB + b.length() || beginB >= beginA + a.length()).isTrue();
        }
      }
    }
  }

  @Test
  void constants_areASetupOfTheirOwn() {
    Ops ops = new Ops();
    Value ones = ops.fill(1, TensorSpec.of(3));
    Value x = ops.feed("x", TensorSpec.of(3));
    Value y = ops.maximum(x, ops.exp(ops.shift(ones, 1)));
    TaskPlan plan = TaskPlan.of(ops.build(Map.of("y", y)), List.of(new Elsewhere()), Set.of());
    assertThat(plan.setup()).extracting(Task::label).containsExactly("fill", "shift", "exp");
    assertThat(plan.tasks()).extracting(Task::label).containsExactly("maximum");
    assertThat(plan.setup())
        .allSatisfy(
            task ->
                assertThat(task.outputs().get(0).buffer().home()).isEqualTo(Buffer.Home.CONSTANT));
  }

  @Test
  void libraries_ofAGraphThatNoPassChanges_areAskedOnceAboutACall() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(2, 3));
    OpGraph graph = ops.build(Map.of("y", ops.exp(ActivationOps.logSoftmax(ops, x))));
    Elsewhere library = new Elsewhere();
    TaskPlan.of(graph, List.of(library), ALL);
    assertThat(library.asked.keySet()).extracting(call -> call.op().opName()).hasSize(2);
    assertThat(library.asked.values()).containsOnly(1);
  }

  @Test
  void plan_ofALibraryWithoutKernelsForArrays_isRefusedByName() {
    Ops ops = new Ops();
    OpGraph graph = ops.build(Map.of("y", ops.exp(ops.feed("x", TensorSpec.of(2)))));
    PlanEngine engine = new PlanEngine(EngineOptions.of(List.of(new Elsewhere())));
    assertThatThrownBy(() -> engine.prepare(graph))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("the library \"elsewhere\" has no kernels for arrays")
        .hasMessageEndingWith("its choices have to be HostKernelChoices");
  }

  /** Takes a composite only as long as what it reads is scaled twice. */
  private static final class Fickle extends Elsewhere {

    @Override
    public @Nullable KernelChoice choose(OpCall call, UseCounts uses) {
      OpCall before = call.inputs().isEmpty() ? call : call.inputs().get(0).call();
      boolean twice =
          before.op() instanceof Scale && before.inputs().get(0).call().op() instanceof Scale;
      return call.op() instanceof Composite && !twice ? null : super.choose(call, uses);
    }
  }

  @Test
  void composite_thatAPassMakesUnclaimable_isNamedWithTheRule() {
    Ops ops = new Ops();
    Value x = ops.feed("x", TensorSpec.of(2, 3));
    Value twice = ops.one(new Scale(2), ops.one(new Scale(3), x));
    OpGraph graph = ops.build(Map.of("y", ActivationOps.logSoftmax(ops, twice)));
    List<KernelLibrary> libraries = List.of(new Fickle());
    Set<Pass> passes = EnumSet.complementOf(EnumSet.of(Pass.SIMPLIFY));
    assertThat(TaskPlan.of(graph, libraries, passes).tasks()).hasSize(3);
    assertThatThrownBy(() -> TaskPlan.of(graph, libraries, ALL))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no kernel for")
        .hasMessageContaining("before the graph was simplified, and a pass may not change that");
  }
}
