package dev.tandem.core.engine;

import com.google.common.collect.ImmutableBiMap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.tandem.core.engine.kernel.KernelLibrary;
import dev.tandem.core.engine.memory.MemoryPlan;
import dev.tandem.core.engine.pass.KernelSelection;
import dev.tandem.core.engine.pass.Pass;
import dev.tandem.core.engine.task.Buffer;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Task;
import dev.tandem.core.engine.task.TaskGraph;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Variable;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * All that is decided about a graph before any memory is taken: ordered tasks, and buffers with
 * their sizes, types, homes and places. An engine binds it to memory of its kind: {@link
 * PlanEngine} to arrays.
 *
 * @param source the graph as it was given
 * @param setup the tasks that compute constants, in order, once before the first run; their inputs
 *     and outputs are constants alone, and what they work in is needed for their own time
 * @param tasks the tasks of a run, in order
 * @param feeds what the caller gives, by name
 * @param outputs what the caller can read, by name
 * @param variables the buffers that are variables
 * @param memory the places of buffers
 */
public record TaskPlan(
    OpGraph source,
    ImmutableList<Task> setup,
    ImmutableList<Task> tasks,
    ImmutableMap<String, BufferView> feeds,
    ImmutableMap<String, BufferView> outputs,
    ImmutableMap<Variable, Buffer> variables,
    MemoryPlan memory) {

  /**
   * The plan of a graph.
   *
   * @param libraries who may run calls, the preferred first
   * @param passes what is done for speed
   * @throws IllegalStateException if a call has no kernel
   */
  public static TaskPlan of(OpGraph source, List<KernelLibrary> libraries, Set<Pass> passes) {
    KernelSelection selection = KernelSelection.of(source, libraries, passes);
    TaskGraph graph = TaskGraph.of(source, selection, passes.contains(Pass.IN_PLACE));
    ImmutableList<Task> ordered = graph.ordered();
    return new TaskPlan(
        source,
        graph.setup(),
        ordered,
        graph.feeds(),
        graph.outputs(),
        graph.variables(),
        MemoryPlan.of(ordered, graph.hosts(), passes));
  }

  /** The variables whose values from before a run it reads; others it only writes. */
  public ImmutableSet<Variable> reads() {
    ImmutableBiMap<Buffer, Variable> owners = ImmutableBiMap.copyOf(variables).inverse();
    ImmutableSet.Builder<Variable> reads = ImmutableSet.builder();
    Set<Buffer> written = new HashSet<>();
    for (Task task : tasks) {
      for (BufferView input : task.inputs()) {
        Buffer root = memory.hosts().root(input.buffer());
        if (owners.containsKey(root) && !written.contains(root)) {
          reads.add(Objects.requireNonNull(owners.get(root)));
        }
      }
      for (BufferView output : task.outputs()) {
        if (output.isWhole()) {
          written.add(memory.hosts().root(output.buffer()));
        }
      }
    }
    return reads.build();
  }
}
