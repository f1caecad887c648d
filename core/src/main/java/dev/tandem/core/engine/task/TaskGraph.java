package dev.tandem.core.engine.task;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSetMultimap;
import dev.tandem.core.engine.pass.KernelSelection;
import dev.tandem.core.op.OpCall;
import dev.tandem.core.op.OpGraph;
import dev.tandem.core.op.Variable;

/**
 * A graph as tasks on buffers, before their order and their memory are fixed.
 *
 * @param setup what computes constants, in order, once before the first run
 * @param tasks what every run does, in the order of the graph
 * @param after the tasks that must have run before one
 * @param updates the assignments that are no tasks yet
 * @param feeds what the caller gives, by name, whether anything reads it or not
 * @param outputs what the caller can read, by name, each in a buffer of its own
 * @param variables the buffers that are variables
 * @param hosts the buffers that lie in others
 */
public record TaskGraph(
    ImmutableList<Task> setup,
    ImmutableList<Task> tasks,
    ImmutableSetMultimap<Task, Task> after,
    ImmutableList<Update> updates,
    ImmutableMap<String, BufferView> feeds,
    ImmutableMap<String, BufferView> outputs,
    ImmutableMap<Variable, Buffer> variables,
    Hosts hosts) {

  /**
   * An assignment.
   *
   * @param target the variable's buffer
   * @param source what is to lie there after the run
   * @param call what computes it
   */
  public record Update(Buffer target, BufferView source, OpCall call) {}

  /**
   * The tasks of a graph.
   *
   * @param source the graph as it was given, whose feeds stay even if nothing reads them
   * @param selection what runs of it
   * @param directly whether tasks may write into variables; else copies alone do
   */
  public static TaskGraph of(OpGraph source, KernelSelection selection, boolean directly) {
    return InPlaceUpdates.of(new TaskGraphBuilder(source.feeds(), selection).build(), directly);
  }

  /** The tasks of every run, each after those it needs. */
  public ImmutableList<Task> ordered() {
    return Order.of(tasks, after);
  }
}
