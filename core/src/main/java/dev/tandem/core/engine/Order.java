package dev.tandem.core.engine;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Puts tasks in an order in which each comes after those it needs, else in drawing order. */
final class Order {

  private Order() {}

  static ImmutableList<Task> of(List<Task> tasks) {
    Map<Task, Integer> missing = new HashMap<>();
    Map<Task, List<Task>> waiting = new HashMap<>();
    PriorityQueue<Task> ready = new PriorityQueue<>(Comparator.comparingInt(Task::id));
    for (Task task : tasks) {
      missing.put(task, task.after().size());
      task.after()
          .forEach(earlier -> waiting.computeIfAbsent(earlier, t -> new ArrayList<>()).add(task));
      if (task.after().isEmpty()) {
        ready.add(task);
      }
    }
    ImmutableList.Builder<Task> ordered = ImmutableList.builder();
    while (!ready.isEmpty()) {
      Task task = ready.poll();
      ordered.add(task);
      for (Task later : waiting.getOrDefault(task, List.of())) {
        if (missing.merge(later, -1, Integer::sum) == 0) {
          ready.add(later);
        }
      }
    }
    ImmutableList<Task> result = ordered.build();
    if (result.size() != tasks.size()) {
      throw new IllegalStateException("the tasks of a plan wait for each other");
    }
    return result;
  }
}
