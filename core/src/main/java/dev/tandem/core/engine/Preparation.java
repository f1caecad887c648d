package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.tandem.core.engine.kernel.Binding;
import dev.tandem.core.engine.kernel.Kernel;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.kernel.StepClock;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Variable;
import dev.tandem.core.tensor.TensorSpec;
import dev.tandem.core.tensor.Workspaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The way from a graph to a plan: the passes, in their order. */
final class Preparation {

  private final KernelAssignment claims;
  private final StepClock clock = new StepClock();
  private final NativeScope scope = new NativeScope();
  private final Memory memory = scope.memory();
  private final Set<Pass> passes;

  Preparation(List<KernelLibrary> libraries, Set<Pass> passes) {
    this.claims = new KernelAssignment(libraries, passes.contains(Pass.FUSE));
    this.passes = passes;
  }

  /** The plan, made outside of any workspace; of one that cannot be made nothing is left. */
  Plan prepare(OpGraph source) {
    try {
      Plan plan = Workspaces.outside(() -> make(source));
      scope.settle();
      return plan;
    } catch (RuntimeException | Error e) {
      scope.close();
      throw e;
    }
  }

  private Plan make(OpGraph source) {
    OpGraph graph = claims.expand(source);
    graph = apply(Pass.SIMPLIFY, Simplification::of, graph);
    graph = apply(Pass.OUTPUT_GRADIENTS, OutputGradients::of, graph);
    Folding folding = new Folding(graph, claims, scope);
    TaskGraph draft = new TaskGraph(graph, new Selection(graph, claims, folding), folding);
    draft.variables().keySet().forEach(scope::use);
    InPlaceUpdates.apply(draft, passes.contains(Pass.IN_PLACE));
    ImmutableList<Task> ordered = Order.of(draft.tasks());
    Lifetimes lifetimes = new Lifetimes(ordered);
    if (passes.contains(Pass.SHARE)) {
      Sharing.apply(ordered, lifetimes);
    }
    memory.placeArena(
        ordered, passes.contains(Pass.ARENA) ? lifetimes.spans() : lifetimes.wholeRuns());
    ImmutableMap<String, INDArray> feeds = placeFeeds(source, draft);
    placeOutputs(ordered);
    ImmutableMap<String, INDArray> outputs = arrays(draft.outputs());
    List<BoundTask> bound = new ArrayList<>();
    ordered.forEach(task -> bound.add(bind(task)));
    ImmutableList<Variable> assigned =
        source.assignments().stream()
            .map(OpGraph.Assignment::target)
            .collect(ImmutableList.toImmutableList());
    return new Plan(source, ImmutableList.copyOf(bound), feeds, outputs, assigned, clock, scope);
  }

  private OpGraph apply(Pass pass, UnaryOperator<OpGraph> rewriting, OpGraph graph) {
    return passes.contains(pass) ? rewriting.apply(graph) : graph;
  }

  /** Every feed of the source has a buffer, though what read it may be gone. */
  private ImmutableMap<String, INDArray> placeFeeds(OpGraph source, TaskGraph draft) {
    ImmutableMap.Builder<String, INDArray> arrays = ImmutableMap.builder();
    source
        .feeds()
        .forEach(
            (name, spec) -> {
              BufferView region = draft.feeds().get(name);
              arrays.put(name, region == null ? memory.allocate(spec) : memory.placeAlone(region));
            });
    return arrays.buildOrThrow();
  }

  private void placeOutputs(List<Task> ordered) {
    for (Task task : ordered) {
      for (BufferView output : task.outputs()) {
        if (output.buffer().home() == Buffer.Home.OUTPUT) {
          memory.placeAlone(output);
        }
      }
    }
  }

  private static ImmutableMap<String, INDArray> arrays(Map<String, BufferView> regions) {
    ImmutableMap.Builder<String, INDArray> arrays = ImmutableMap.builder();
    regions.forEach((name, region) -> arrays.put(name, region.array()));
    return arrays.buildOrThrow();
  }

  private BoundTask bind(Task task) {
    ImmutableList.Builder<INDArray> scratch = ImmutableList.builder();
    List<TensorSpec> specs = task.choice().scratch();
    for (int i = 0; i < specs.size(); i++) {
      scratch.add(BufferView.of(task.scratch().get(i), specs.get(i)).array());
    }
    Binding binding =
        new Binding(
            task.call(),
            arrays(task.inputs()),
            arrays(task.outputs()),
            scratch.build(),
            scope.constants(),
            clock);
    Kernel kernel = scope.own(task.choice().bind(binding));
    return new BoundTask(task.call(), task.label(), task.library(), kernel, binding);
  }

  private static ImmutableList<INDArray> arrays(List<BufferView> regions) {
    return regions.stream().map(BufferView::array).collect(ImmutableList.toImmutableList());
  }
}
