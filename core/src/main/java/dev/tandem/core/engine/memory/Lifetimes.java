package dev.tandem.core.engine.memory;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import dev.tandem.core.engine.task.Buffer;
import dev.tandem.core.engine.task.BufferView;
import dev.tandem.core.engine.task.Hosts;
import dev.tandem.core.engine.task.Task;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** From which task to which the content of each arena buffer matters, both included. */
final class Lifetimes {

  private Lifetimes() {}

  /** The lifetimes of all buffers that lie in the arena and in no other buffer. */
  static ImmutableMap<Buffer, Span> of(List<Task> ordered, Hosts hosts) {
    Map<Buffer, Span> spans = new LinkedHashMap<>();
    for (int i = 0; i < ordered.size(); i++) {
      Task task = ordered.get(i);
      Span now = new Span(i, i);
      for (List<BufferView> used : List.of(task.inputs(), task.outputs(), task.scratch())) {
        for (BufferView view : used) {
          Buffer root = hosts.root(view.buffer());
          if (root.home() == Buffer.Home.ARENA) {
            spans.merge(root, now, Span::with);
          }
        }
      }
    }
    return ImmutableMap.copyOf(spans);
  }

  /** The same buffers, as if each were needed in the whole run. */
  static Map<Buffer, Span> wholeRuns(Map<Buffer, Span> spans) {
    return Maps.transformValues(spans, span -> new Span(0, Integer.MAX_VALUE));
  }
}
