package dev.tandem.core.engine.task;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.SetMultimap;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/** The order of tasks in which each comes after those it needs, else that of the graph. */
final class Order {

  private Order() {}

  static ImmutableList<Task> of(List<Task> tasks, SetMultimap<Task, Task> after) {
    Map<Task, Integer> missing = new HashMap<>();
    Map<Task, List<Task>> waiting = new HashMap<>();
    PriorityQueue<Task> ready = new PriorityQueue<>(Comparator.comparingInt(Task::id));
    for (Task task : tasks) {
      Set<Task> needed = after.get(task);
      missing.put(task, needed.size());
      needed.forEach(earlier -> waiting.computeIfAbsent(earlier, t -> new ArrayList<>()).add(task));
      if (needed.isEmpty()) {
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
