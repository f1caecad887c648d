package dev.tandem.core.engine.task;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSetMultimap;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import dev.tandem.core.engine.task.TaskGraph.Update;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns assignments into writes. The task that computes the new value writes straight into the
 * variable where every reader of the old value can run before it; elsewhere a copy comes last.
 */
final class InPlaceUpdates {

  private final Map<Buffer, Task> producers = new HashMap<>();
  private final List<Task> tasks;
  private final SetMultimap<Task, Task> after;
  private final SetMultimap<Task, Task> before = LinkedHashMultimap.create();
  private final Hosts.Builder hosts;

  private InPlaceUpdates(TaskGraph graph) {
    this.tasks = new ArrayList<>(graph.tasks());
    this.after = LinkedHashMultimap.create(graph.after());
    this.hosts = graph.hosts().toBuilder();
    graph.after().forEach((task, earlier) -> before.put(earlier, task));
    for (Task task : tasks) {
      task.outputs().forEach(output -> producers.put(output.buffer(), task));
    }
  }

  /**
   * The graph with tasks in place of its assignments.
   *
   * @param directly whether tasks may write into variables; else copies alone do
   */
  static TaskGraph of(TaskGraph graph, boolean directly) {
    InPlaceUpdates pass = new InPlaceUpdates(graph);
    graph.updates().forEach(update -> pass.write(update, directly));
    return new TaskGraph(
        graph.setup(),
        ImmutableList.copyOf(pass.tasks),
        ImmutableSetMultimap.copyOf(pass.after),
        ImmutableList.of(),
        graph.feeds(),
        graph.outputs(),
        graph.variables(),
        pass.hosts.build());
  }

  private void write(Update update, boolean directly) {
    List<Task> readers = tasks.stream().filter(task -> task.reads(update.target())).toList();
    if (!directly || !writesDirectly(update, readers)) {
      BufferView target = BufferView.of(update.target(), update.source().spec());
      Task copy = TaskGraphBuilder.copy(tasks.size(), update.call(), update.source(), target);
      tasks.add(copy);
      Task producer = producer(update);
      if (producer != null) {
        after.put(copy, producer);
      }
      after.putAll(copy, readers);
    }
  }

  /** The task that computes a new value; null for feeds, constants and variables. */
  private @Nullable Task producer(Update update) {
    return producers.get(update.source().buffer());
  }

  private boolean writesDirectly(Update update, List<Task> readers) {
    Buffer made = update.source().buffer();
    Task producer = producer(update);
    if (producer == null
        || hosts.root(made) != made
        || made.home() != Buffer.Home.ARENA
        || !update.source().isWhole()
        || !mayOverwrite(producer, made, update.target())) {
      return false;
    }
    Set<Task> later = reachable(producer);
    for (Task reader : readers) {
      if (reader != producer && later.contains(reader)) {
        return false;
      }
    }
    hosts.put(made, update.target());
    for (Task reader : readers) {
      if (reader != producer) {
        after.put(producer, reader);
        before.put(reader, producer);
      }
    }
    return true;
  }

  /** Whether the producer itself may read the old value while it writes the new one. */
  private boolean mayOverwrite(Task producer, Buffer made, Buffer target) {
    int output = 0;
    while (producer.outputs().get(output).buffer() != made) {
      output++;
    }
    for (int i = 0; i < producer.inputs().size(); i++) {
      BufferView input = producer.inputs().get(i);
      if (hosts.root(input.buffer()) == target
          && !(input.isWhole() && producer.choice().mayShare(output, i))) {
        return false;
      }
    }
    return true;
  }

  private Set<Task> reachable(Task from) {
    Set<Task> reached = new HashSet<>();
    Deque<Task> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      for (Task next : before.get(open.pop())) {
        if (reached.add(next)) {
          open.push(next);
        }
      }
    }
    return reached;
  }
}
