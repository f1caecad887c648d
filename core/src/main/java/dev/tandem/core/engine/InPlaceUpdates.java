package dev.tandem.core.engine;

import dev.tandem.core.engine.TaskGraph.Update;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Turns assignments into writes. The task that computes the new value writes straight into the
 * variable where every reader of the old value can run before it; elsewhere a copy comes last.
 */
final class InPlaceUpdates {

  private final TaskGraph draft;
  private final Map<Task, Set<Task>> before = new HashMap<>();

  private InPlaceUpdates(TaskGraph draft) {
    this.draft = draft;
    for (Task task : draft.tasks()) {
      task.after().forEach(earlier -> link(earlier, task));
    }
  }

  /**
   * Turns the assignments of a draft into writes.
   *
   * @param directly whether tasks may write into variables, or copies alone
   */
  static void apply(TaskGraph draft, boolean directly) {
    InPlaceUpdates pass = new InPlaceUpdates(draft);
    for (Update update : List.copyOf(draft.updates())) {
      List<Task> readers =
          draft.tasks().stream().filter(task -> task.reads(update.target())).toList();
      if (!directly || !pass.writesDirectly(update, readers)) {
        BufferView target = BufferView.of(update.target(), update.source().spec());
        Task copy = draft.copy(update.call(), update.source(), target);
        readers.forEach(reader -> copy.after().add(reader));
      }
    }
  }

  private boolean writesDirectly(Update update, List<Task> readers) {
    Buffer made = update.source().buffer();
    Task producer = draft.producer(made);
    if (producer == null
        || made.root() != made
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
    made.shareWith(update.target());
    for (Task reader : readers) {
      if (reader != producer) {
        producer.after().add(reader);
        link(reader, producer);
      }
    }
    return true;
  }

  /** Whether the producer itself may read the old value while it writes the new one. */
  private static boolean mayOverwrite(Task producer, Buffer made, Buffer target) {
    int output = 0;
    while (producer.outputs().get(output).buffer() != made) {
      output++;
    }
    for (int i = 0; i < producer.inputs().size(); i++) {
      BufferView input = producer.inputs().get(i);
      if (input.buffer().root() == target
          && !(input.isWhole() && producer.choice().mayShare(output, i))) {
        return false;
      }
    }
    return true;
  }

  private void link(Task earlier, Task later) {
    before.computeIfAbsent(earlier, task -> new HashSet<>()).add(later);
  }

  private Set<Task> reachable(Task from) {
    Set<Task> reached = new HashSet<>();
    Deque<Task> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty()) {
      for (Task next : before.getOrDefault(open.pop(), Set.of())) {
        if (reached.add(next)) {
          open.push(next);
        }
      }
    }
    return reached;
  }
}
